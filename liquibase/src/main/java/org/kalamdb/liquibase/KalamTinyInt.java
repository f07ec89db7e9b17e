// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import liquibase.database.Database;
import liquibase.datatype.DataTypeInfo;
import liquibase.datatype.DatabaseDataType;
import liquibase.datatype.LiquibaseDataType;
import liquibase.datatype.core.TinyIntType;

/** The smallest whole number that there is. Confined to one thread. */
@DataTypeInfo(
        name = "tinyint",
        aliases = {"java.sql.Types.TINYINT"},
        minParameters = 0,
        maxParameters = 1,
        priority = LiquibaseDataType.PRIORITY_DATABASE)
public final class KalamTinyInt extends TinyIntType {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamTinyInt() {}

    @Override
    public boolean supports(Database database) {
        return database instanceof KalamDatabase;
    }

    @Override
    public DatabaseDataType toDatabaseDataType(Database database) {
        return new DatabaseDataType("SMALLINT");
    }
}
