// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import liquibase.database.Database;
import liquibase.datatype.DataTypeInfo;
import liquibase.datatype.DatabaseDataType;
import liquibase.datatype.LiquibaseDataType;
import liquibase.datatype.core.BigIntType;

/** BIGINT, without the width that some databases show it with. Confined to one thread. */
@DataTypeInfo(
        name = "bigint",
        aliases = {
            "java.sql.Types.BIGINT",
            "java.math.BigInteger",
            "java.lang.Long",
            "integer8",
            "bigserial",
            "serial8",
            "int8"
        },
        minParameters = 0,
        maxParameters = 1,
        priority = LiquibaseDataType.PRIORITY_DATABASE)
public final class KalamBigInt extends BigIntType {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamBigInt() {}

    @Override
    public boolean supports(Database database) {
        return database instanceof KalamDatabase;
    }

    @Override
    public DatabaseDataType toDatabaseDataType(Database database) {
        return new DatabaseDataType("BIGINT");
    }
}
