// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.liquibase;

import liquibase.database.Database;
import liquibase.snapshot.CachedRow;
import liquibase.snapshot.SnapshotGenerator;
import liquibase.snapshot.jvm.ColumnSnapshotGenerator;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Column;
import liquibase.structure.core.DataType;

/** The columns of a table, whose types are told in the words of change logs. Confined to one thread. */
@SuppressWarnings({"unchecked", "rawtypes"}) // as Liquibase declares its methods
public final class KalamColumns extends ColumnSnapshotGenerator {
    /** Called by Liquibase, which finds the class as a service. */
    public KalamColumns() {}

    @Override
    public int getPriority(Class<? extends DatabaseObject> type, Database database) {
        return KalamDatabase.priority(super.getPriority(type, database), database);
    }

    @Override
    public Class<? extends SnapshotGenerator>[] replaces() {
        return new Class[] {ColumnSnapshotGenerator.class};
    }

    @Override
    protected DataType readDataType(CachedRow row, Column column, Database database) {
        String name = row.getString("TYPE_NAME");
        Integer size = row.getInt("COLUMN_SIZE");
        boolean bounded = size != null && size != Integer.MAX_VALUE;
        DataType type = switch (name) {
            case "TEXT" -> bounded ? sized("VARCHAR", size) : new DataType("TEXT");
            case "BYTES" -> bounded ? sized("VARBINARY", size) : new DataType("BLOB");
            case "EMBEDDING" -> sized(name, size);
            case "DECIMAL" -> decimal(size, row.getInt("DECIMAL_DIGITS"));
            case "DATETIME" -> new DataType("TIMESTAMP WITH TIME ZONE");
            default -> new DataType(name);
        };
        type.setDataTypeId(row.getInt("DATA_TYPE"));
        return type;
    }

    private static DataType sized(String name, Integer size) {
        DataType type = new DataType(name);
        type.setColumnSize(size);
        return type;
    }

    private static DataType decimal(Integer precision, Integer scale) {
        DataType type = sized("DECIMAL", precision);
        type.setDecimalDigits(scale);
        return type;
    }
}
