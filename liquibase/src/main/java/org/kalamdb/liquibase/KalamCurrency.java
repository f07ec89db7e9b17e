// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import liquibase.database.Database;
import liquibase.datatype.DataTypeInfo;
import liquibase.datatype.DatabaseDataType;
import liquibase.datatype.LiquibaseDataType;
import liquibase.datatype.core.CurrencyType;

/** A number with four digits after the point. Confined to one thread. */
@DataTypeInfo(
        name = "currency",
        aliases = {"money", "smallmoney"},
        minParameters = 0,
        maxParameters = 0,
        priority = LiquibaseDataType.PRIORITY_DATABASE)
public final class KalamCurrency extends CurrencyType {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamCurrency() {}

    @Override
    public boolean supports(Database database) {
        return database instanceof KalamDatabase;
    }

    @Override
    public DatabaseDataType toDatabaseDataType(Database database) {
        return new DatabaseDataType("DECIMAL", 19, 4);
    }
}
