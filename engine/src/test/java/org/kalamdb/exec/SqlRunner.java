// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableInterpretable;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.Programs;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;
import org.kalamdb.exec.generated.TypeLowering;
import org.kalamdb.exec.resource.MemoryBudget;
import org.kalamdb.exec.resource.Resources;
import org.kalamdb.exec.resource.SpillFolder;
import org.kalamdb.exec.resource.WorkerPool;
import org.kalamdb.function.Embedding;
import org.kalamdb.function.ExactConvertlets;
import org.kalamdb.function.KalamOperatorTable;
import org.kalamdb.function.KalamRexBuilder;
import org.kalamdb.function.RelTypes;
import org.kalamdb.function.SnowflakeGenerator;
import org.kalamdb.function.StatementContext;
import org.kalamdb.schema.IndexDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.storage.RowCursor;
import org.kalamdb.storage.ScanDemand;
import org.kalamdb.storage.ScanFilter;
import org.kalamdb.storage.ScanParts;
import org.kalamdb.storage.file.FileAccess;
import org.kalamdb.storage.row.KeyRange;
import org.kalamdb.type.KalamDataType;
import org.kalamdb.type.StoredValues;

/** Runs queries through validation, planning, lowering and generated code. */
public final class SqlRunner {
    /** Start of every statement: 2024-02-29T12:34:56.789012Z. */
    static final long NOW_MICROS = 1_709_210_096_789_012L;

    private static final SnowflakeGenerator SNOWFLAKES = new SnowflakeGenerator(5);

    private final PlannerTypes typeFactory = new PlannerTypes();
    private final CalciteSchema schema = CalciteSchema.createRootSchema(false, false);
    private final List<Object> parameters = new ArrayList<>();

    /** @param rows internal values */
    public SqlRunner table(
            String name, List<String> columns, List<KalamDataType> types, List<@Nullable Object[]> rows) {
        schema.add(name, new RowTable(columns, types, rows));
        return this;
    }

    SqlRunner parameter(Object value) {
        parameters.add(value);
        return this;
    }

    /** The stored value of an expression. */
    public static @Nullable Object eval(String expression) {
        return new SqlRunner().query("SELECT " + expression).get(0).get(0);
    }

    /** The text of an expression's value. */
    public static @Nullable String text(String expression) {
        Result result = new SqlRunner().run("SELECT " + expression);
        Object value = result.rows.get(0).get(0);
        return value == null ? null : StoredValues.toText(RelTypes.kalamType(result.types.get(0)), value);
    }

    static RelDataType type(String expression) {
        return new SqlRunner().run("SELECT " + expression).types.get(0);
    }

    public List<List<@Nullable Object>> query(String sql) {
        return run(sql).rows;
    }

    record Result(List<RelDataType> types, List<List<@Nullable Object>> rows) {}

    Result run(String sql) {
        VolcanoPlanner planner = new VolcanoPlanner();
        planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
        planner.addRelTraitDef(RelCollationTraitDef.INSTANCE);
        RelOptCluster cluster = RelOptCluster.create(planner, new KalamRexBuilder(typeFactory));
        EnumerableRel physical = new TypeLowering(cluster.getRexBuilder()).lower(plan(sql, cluster));
        Map<String, Object> constants = new HashMap<>();
        var bindable = EnumerableInterpretable.toBindable(constants, null, physical, EnumerableRel.Prefer.ARRAY);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try {
            for (Object row : bindable.bind(new Context(constants))) {
                List<@Nullable Object> values = new ArrayList<>();
                for (Object value : row instanceof Object[] array ? array : new Object[] {row}) {
                    values.add(stored(value));
                }
                rows.add(values);
            }
        } catch (RuntimeException | Error e) {
            throw RuntimeErrors.translate(e);
        }
        List<RelDataType> types = physical.getRowType().getFieldList().stream()
                .map(RelDataTypeField::getType)
                .toList();
        return new Result(types, rows);
    }

    private static @Nullable Object stored(@Nullable Object value) {
        if (value instanceof Embedding embedding) {
            return embedding.values();
        }
        return value instanceof ByteString bytes ? bytes.getBytes() : value;
    }

    /** The plan of a query before it has got a physical form. */
    RelNode logical(String sql) {
        VolcanoPlanner planner = new VolcanoPlanner();
        planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
        return logical(sql, RelOptCluster.create(planner, new KalamRexBuilder(typeFactory)));
    }

    /** A run of a query that reads no stored table. */
    public QueryContext context() {
        return context(
                new Resources(
                        new MemoryBudget(MemoryBudget.defaultLimitBytes()),
                        SpillFolder.temporary(FileAccess.system()),
                        new WorkerPool(1)),
                new AtomicBoolean());
    }

    /** A run that reads no table. */
    public QueryContext context(Resources resources, AtomicBoolean cancelled) {
        RowSource none = new RowSource() {
            @Override
            public RowCursor scan(
                    TableDefinition table,
                    int[] columns,
                    boolean withRowKeys,
                    KeyRange range,
                    ScanFilter filter,
                    boolean inKeyOrder,
                    ScanDemand demand) {
                throw new UnsupportedOperationException();
            }

            @Override
            public ScanParts scanParts(TableDefinition table, int[] columns, KeyRange range, ScanFilter filter) {
                throw new UnsupportedOperationException();
            }

            @Override
            public RowCursor scanWithDeleted(
                    TableDefinition table, int[] columns, KeyRange range, ScanFilter filter, boolean inKeyOrder) {
                throw new UnsupportedOperationException();
            }

            @Override
            public RowCursor scanIndex(
                    TableDefinition table,
                    int[] columns,
                    boolean withRowKeys,
                    IndexDefinition index,
                    List<KeyRange> ranges,
                    boolean descending,
                    ScanDemand demand) {
                throw new UnsupportedOperationException();
            }
        };
        return new QueryContext(
                none, new Context(Map.of()), parameters.toArray(), cancelled, Long.MAX_VALUE, resources);
    }

    private RelNode logical(String sql, RelOptCluster cluster) {
        Properties properties = new Properties();
        properties.setProperty("caseSensitive", "false");
        CalciteCatalogReader reader =
                new CalciteCatalogReader(schema, List.of(), typeFactory, new CalciteConnectionConfigImpl(properties));
        SqlValidator validator = new LenientValidator(reader, typeFactory);
        SqlNode validated = validator.validate(parse(sql));
        SqlToRelConverter converter = new SqlToRelConverter(
                (rowType, query, schemaPath, viewPath) -> {
                    throw new UnsupportedOperationException();
                },
                validator,
                reader,
                cluster,
                ExactConvertlets.INSTANCE,
                SqlToRelConverter.config().withExpand(true).withInSubQueryThreshold(Integer.MAX_VALUE));
        RelRoot root = converter.convertQuery(validated, false, true);
        RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(cluster, null);
        return RelDecorrelator.decorrelateQuery(root.project(), builder);
    }

    private RelNode plan(String sql, RelOptCluster cluster) {
        RelNode logical = logical(sql, cluster);
        List<RelOptRule> rules = new ArrayList<>(EnumerableRules.ENUMERABLE_RULES);
        rules.add(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW);
        rules.add(CoreRules.AGGREGATE_REDUCE_FUNCTIONS);
        rules.add(CoreRules.AGGREGATE_EXPAND_DISTINCT_AGGREGATES);
        rules.remove(EnumerableRules.ENUMERABLE_MERGE_JOIN_RULE);
        return Programs.ofRules(rules)
                .run(
                        cluster.getPlanner(),
                        logical,
                        logical.getTraitSet()
                                .replace(EnumerableConvention.INSTANCE)
                                .simplify(),
                        List.of(),
                        List.of());
    }

    private static SqlNode parse(String sql) {
        try {
            return SqlParser.create(
                            sql,
                            SqlParser.config()
                                    .withConformance(SqlConformanceEnum.BABEL)
                                    .withUnquotedCasing(Casing.UNCHANGED)
                                    .withCaseSensitive(false))
                    .parseQuery();
        } catch (SqlParseException e) {
            throw new IllegalArgumentException(sql, e);
        }
    }

    /** Checks arithmetic, and lets every cast pass. */
    private static final class LenientValidator extends SqlValidatorImpl {
        LenientValidator(CalciteCatalogReader reader, JavaTypeFactory typeFactory) {
            super(
                    KalamOperatorTable.create(),
                    reader,
                    typeFactory,
                    Config.DEFAULT.withConformance(new SqlDelegatingConformance(SqlConformanceEnum.BABEL) {
                        @Override
                        public boolean checkedArithmetic() {
                            return true;
                        }
                    }));
        }

        @Override
        public SqlTypeMappingRule getTypeMappingRule() {
            SqlTypeMappingRule base = super.getTypeMappingRule();
            return new SqlTypeMappingRule() {
                @Override
                public Map<SqlTypeName, ImmutableSet<SqlTypeName>> getTypeMapping() {
                    return base.getTypeMapping();
                }

                @Override
                public boolean canApplyFrom(SqlTypeName to, SqlTypeName from) {
                    return true;
                }
            };
        }
    }

    private static final class RowTable extends AbstractTable implements ScannableTable {
        private final List<String> columns;
        private final List<KalamDataType> types;
        private final List<@Nullable Object[]> rows;

        RowTable(List<String> columns, List<KalamDataType> types, List<@Nullable Object[]> rows) {
            this.columns = columns;
            this.types = types;
            this.rows = rows;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder builder = factory.builder();
            for (int i = 0; i < columns.size(); i++) {
                builder.add(
                        columns.get(i),
                        factory.createTypeWithNullability(((PlannerTypes) factory).relType(types.get(i)), true));
            }
            return builder.build();
        }

        @Override
        public Enumerable<@Nullable Object[]> scan(DataContext root) {
            return Linq4j.asEnumerable(rows);
        }
    }

    private final class Context implements DataContext, StatementContext {
        private final Map<String, Object> constants;

        Context(Map<String, Object> constants) {
            this.constants = constants;
        }

        @Override
        public @Nullable Object get(String name) {
            if (name.equals(StatementContext.VARIABLE)) {
                return this;
            }
            if (name.startsWith("?")) {
                return parameters.get(Integer.parseInt(name.substring(1)));
            }
            return constants.get(name);
        }

        @Override
        public SchemaPlus getRootSchema() {
            return schema.plus();
        }

        @Override
        public JavaTypeFactory getTypeFactory() {
            return typeFactory;
        }

        @Override
        public QueryProvider getQueryProvider() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long startMicros() {
            return NOW_MICROS;
        }

        @Override
        public String user() {
            return "alice";
        }

        @Override
        public String role() {
            return "dba";
        }

        @Override
        public String namespace() {
            return "app";
        }

        @Override
        public SnowflakeGenerator snowflakes() {
            return SNOWFLAKES;
        }

        @Override
        public long nextValue(String sequence) {
            throw new IllegalStateException("There is no sequence " + sequence);
        }
    }
}
