// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import java.util.regex.Pattern;
import liquibase.database.Database;
import liquibase.datatype.DataTypeInfo;
import liquibase.datatype.DatabaseDataType;
import liquibase.datatype.LiquibaseDataType;
import liquibase.datatype.core.TimestampType;

/** TIMESTAMP, or DATETIME where it has a time zone. Microseconds are kept whatever the precision says. Confined to one thread. */
@DataTypeInfo(
        name = "timestamp",
        aliases = {
            "java.sql.Types.TIMESTAMP",
            "java.sql.Types.TIMESTAMP_WITH_TIMEZONE",
            "java.sql.Timestamp",
            "timestamptz"
        },
        minParameters = 0,
        maxParameters = 1,
        priority = LiquibaseDataType.PRIORITY_DATABASE)
public final class KalamTimestamp extends TimestampType {
    private static final Pattern WITH_ZONE =
            Pattern.compile("timestamptz|with_timezone|with( local)? time ?zone", Pattern.CASE_INSENSITIVE);

    /** Called by Liquibase, which finds the class as a service. */
    public KalamTimestamp() {}

    @Override
    public boolean supports(Database database) {
        return database instanceof KalamDatabase;
    }

    @Override
    public DatabaseDataType toDatabaseDataType(Database database) {
        String definition = getRawDefinition() == null ? "" : getRawDefinition();
        return new DatabaseDataType(WITH_ZONE.matcher(definition).find() ? "DATETIME" : "TIMESTAMP");
    }
}
