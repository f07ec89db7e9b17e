// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import liquibase.database.Database;
import liquibase.datatype.DataTypeInfo;
import liquibase.datatype.DatabaseDataType;
import liquibase.datatype.LiquibaseDataType;
import liquibase.datatype.core.UUIDType;

/** A type of its own. Confined to one thread. */
@DataTypeInfo(
        name = "uuid",
        aliases = {"uniqueidentifier", "java.util.UUID"},
        minParameters = 0,
        maxParameters = 0,
        priority = LiquibaseDataType.PRIORITY_DATABASE)
public final class KalamUuid extends UUIDType {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamUuid() {}

    @Override
    public boolean supports(Database database) {
        return database instanceof KalamDatabase;
    }

    @Override
    public DatabaseDataType toDatabaseDataType(Database database) {
        return new DatabaseDataType("UUID");
    }
}
