// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.TableType;
import org.kalamdb.store.Catalog;
import org.kalamdb.store.InMemoryKeyValueStore;
import org.kalamdb.type.KalamDataType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long it takes to find the definition of a table that the catalog's cache holds. The goal is less than 1 µs.
 *
 * <pre>{@code
 * mvn -q -B -Dquick -DskipTests -pl bench -am package
 * java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main SchemaLookupBenchmark
 * }</pre>
 *
 * Confined to one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SchemaLookupBenchmark {
    private static final int TABLE_COUNT = 512;
    private static final int COLUMN_COUNT = 20;

    private final Catalog catalog = Catalog.open(new InMemoryKeyValueStore());
    private final TableId[] ids = new TableId[TABLE_COUNT];
    private int next;

    /** Makes the tables and reads each once, so that the cache holds all. */
    @Setup
    public void createTables() {
        for (int i = 0; i < TABLE_COUNT; i++) {
            ids[i] = new TableId("main", "table_" + i);
            catalog.createTable(table(ids[i]));
            catalog.requireTable(ids[i]);
        }
    }

    private TableDefinition table(TableId id) {
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 1; i <= COLUMN_COUNT; i++) {
            columns.add(ColumnDefinition.simple("column_" + i, i, KalamDataType.TEXT));
        }
        return TableDefinition.createWithDefaults(id, catalog.nextObjectId(), TableType.SHARED, columns, Instant.EPOCH);
    }

    /** One definition after the other, by a name made elsewhere, as a parser makes it. */
    @Benchmark
    public TableDefinition findsDefinition() {
        TableId id = ids[next++ & (TABLE_COUNT - 1)];
        return catalog.requireTable(new TableId(id.namespace(), id.name()));
    }
}
