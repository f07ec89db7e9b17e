// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import liquibase.database.Database;
import liquibase.datatype.DataTypeInfo;
import liquibase.datatype.DatabaseDataType;
import liquibase.datatype.LiquibaseDataType;
import liquibase.datatype.core.NumberType;

/** DECIMAL. Confined to one thread. */
@DataTypeInfo(
        name = "number",
        aliases = {"numeric", "java.sql.Types.NUMERIC"},
        minParameters = 0,
        maxParameters = 2,
        priority = LiquibaseDataType.PRIORITY_DATABASE)
public final class KalamNumber extends NumberType {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamNumber() {}

    @Override
    public boolean supports(Database database) {
        return database instanceof KalamDatabase;
    }

    @Override
    public DatabaseDataType toDatabaseDataType(Database database) {
        return new DatabaseDataType("DECIMAL", getParameters());
    }
}
