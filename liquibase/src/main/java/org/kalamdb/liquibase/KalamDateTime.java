// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import liquibase.database.Database;
import liquibase.datatype.DataTypeInfo;
import liquibase.datatype.DatabaseDataType;
import liquibase.datatype.LiquibaseDataType;
import liquibase.datatype.core.DateTimeType;

/** A date and a time without a time zone, as everywhere in Liquibase; our DATETIME is its timestamp with time zone. Confined to one thread. */
@DataTypeInfo(
        name = "datetime",
        aliases = {"java.sql.Types.DATETIME", "java.util.Date", "smalldatetime", "datetime2"},
        minParameters = 0,
        maxParameters = 1,
        priority = LiquibaseDataType.PRIORITY_DATABASE)
public final class KalamDateTime extends DateTimeType {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamDateTime() {}

    @Override
    public boolean supports(Database database) {
        return database instanceof KalamDatabase;
    }

    @Override
    public DatabaseDataType toDatabaseDataType(Database database) {
        return new DatabaseDataType("TIMESTAMP");
    }
}
