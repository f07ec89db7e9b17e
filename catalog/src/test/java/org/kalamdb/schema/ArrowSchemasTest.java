// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.kalamdb.type.ArrowTypes;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.ScalarType;

final class ArrowSchemasTest {
    private static final Instant NOW = Instant.EPOCH;

    @Test
    void keepsOrderNullabilityTypesAndFlags() throws Exception {
        List<ColumnDefinition> columns = new ArrayList<>();
        columns.add(ColumnDefinition.primaryKey("id", 1, KalamDataType.BIGINT));
        for (ScalarType type : ScalarType.values()) {
            columns.add(ColumnDefinition.simple("c_" + type, columns.size() + 1, type)
                    .withNullable(columns.size() % 2 == 0));
        }
        columns.add(ColumnDefinition.simple("d", columns.size() + 1, KalamDataType.decimal(10, 2)));
        columns.add(ColumnDefinition.simple("e", columns.size() + 1, KalamDataType.embedding(384)));
        TableDefinition table = TableDefinition.createWithDefaults(
                        new TableId("app", "t"), 1000, TableType.SHARED, columns, NOW)
                .addConstraint(new Constraint.Unique("u", List.of("d")), NOW)
                .dropColumn("c_TEXT", NOW);
        Schema schema = table.toArrowSchema();
        assertThat(schema.getFields()).hasSameSizeAs(table.columns());
        ArrowTypes types = new ArrowTypes();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            Field field = schema.getFields().get(i);
            assertThat(field.getName()).isEqualTo(column.name());
            assertThat(field.isNullable()).isEqualTo(column.nullable());
            assertThat(types.toType(field)).isEqualTo(column.dataType());
            assertThat(field.getMetadata()).containsEntry("PARQUET:field_id", Long.toString(column.columnId()));
        }
        assertThat(flags(schema, "id")).isEqualTo("[\"pk\",\"nn\"]");
        assertThat(flags(schema, "d")).isEqualTo("[\"uq\"]");
        assertThat(flags(schema, "e")).isNull();
        assertThat(table.arrowSchemaAtVersion(1).findField("c_TEXT").getName()).isEqualTo("c_TEXT");
        assertThat(table.arrowSchemaAtVersion(3)).isEqualTo(schema);
        String json = table.history().get(0).arrowSchemaJson();
        JsonNode fields = new ObjectMapper().readTree(json).path("fields");
        assertThat(fields.size()).isEqualTo(columns.size());
        assertThat(Schema.fromJSON(json)).isEqualTo(table.arrowSchemaAtVersion(1));
    }

    @Test
    void convertsEachTypeOnce() {
        List<ColumnDefinition> columns = List.of(
                ColumnDefinition.simple("a", 1, KalamDataType.INT), ColumnDefinition.simple("b", 2, KalamDataType.INT));
        SchemaVersion version = SchemaVersion.initial(NOW, columns);
        version.toArrowSchema();
        long misses = ArrowSchemas.conversionStatistics().misses();
        for (int i = 0; i < 5000; i++) {
            version.toArrowSchema();
        }
        assertThat(ArrowSchemas.conversionStatistics().misses()).isEqualTo(misses);
        assertThat(ArrowSchemas.conversionStatistics().hitRate()).isGreaterThan(0.99);
    }

    private static String flags(Schema schema, String field) {
        return schema.findField(field).getMetadata().get("kalam_column_flags");
    }
}
