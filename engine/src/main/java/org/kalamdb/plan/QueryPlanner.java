// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.function.KalamRexBuilder;
import org.kalamdb.plan.cost.EstimatingMetadataQuery;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.sql.KalamParser;
import org.kalamdb.type.KalamDataType;

/**
 * Plans one statement: validates its queries and expressions against one view of the catalog, converts and optimises
 * them. Confined to one thread; made anew for each statement.
 */
public final class QueryPlanner {
    static {
        disableAssertionsOfCalcite();
    }

    private static final CalciteConnectionConfigImpl CONFIG = caseSensitiveConfig();
    private static final MetadataHandlers METADATA = new MetadataHandlers(DefaultRelMetadataProvider.INSTANCE);

    private final PlannerCatalog catalog;
    private final SqlOperatorTable operators;
    private final String namespace;
    private final Runnable cancellation;
    private final CatalogSchema schema;
    private final FileFunctions files = new FileFunctions();
    private final KalamTypeFactory typeFactory = new KalamTypeFactory();
    private final KalamRexBuilder rexBuilder = new KalamRexBuilder(typeFactory);
    private final RelOptCluster cluster;
    /** What the query that was planned last names, or a view that it reads. */
    private SystemColumnUse systemColumnUse = SystemColumnUse.NONE;

    /**
     * @param catalog where tables and views are found
     * @param operators the functions there are
     * @param namespace where unqualified names are looked up
     * @param cancellation throws if planning is to stop; asked every few milliseconds
     */
    public QueryPlanner(PlannerCatalog catalog, SqlOperatorTable operators, String namespace, Runnable cancellation) {
        this.catalog = catalog;
        this.operators = operators;
        this.namespace = namespace;
        this.cancellation = cancellation;
        this.schema = new CatalogSchema(catalog);
        this.cluster = RelOptCluster.create(new ClusterPlanner(cancellation), rexBuilder);
        cluster.setMetadataQuerySupplier(() -> new EstimatingMetadataQuery(METADATA, cancellation));
        ThreadState.clear();
    }

    /**
     * They are about forms that Calcite's own rules do not keep, such as that no AND stands in an AND, and not about answers. Where a
     * program runs with assertions, as tests do, they would fail its queries. Of use before the classes are loaded.
     */
    private static void disableAssertionsOfCalcite() {
        ClassLoader loader = QueryPlanner.class.getClassLoader();
        if (loader != null) {
            loader.setPackageAssertionStatus("org.apache.calcite", false);
        }
    }

    /** A planner like this one that finds a table as it is given here, whether the catalog has it so or not. */
    public QueryPlanner withTable(TableDefinition table) {
        return new QueryPlanner(new CatalogWithTable(catalog, table), operators, namespace, cancellation);
    }

    /** A planner like this one that looks unqualified names up elsewhere. */
    public QueryPlanner withNamespace(String other) {
        return new QueryPlanner(catalog, operators, other, cancellation);
    }

    /** The table of this name, the same as in the plans made here. */
    public Optional<TableDefinition> findTable(TableId id) {
        TableDefinition known = schema.tablesFound().get(id);
        return known != null ? Optional.of(known) : catalog.findTable(id);
    }

    public KalamTypeFactory typeFactory() {
        return typeFactory;
    }

    public RexBuilder rexBuilder() {
        return rexBuilder;
    }

    /**
     * Validates and optimises a query.
     *
     * @throws org.kalamdb.error.KalamException if it is not valid, with the place in the text
     */
    public LogicalPlan plan(SqlNode query) {
        return plan(query, null);
    }

    /** As {@link #plan(SqlNode)}, of a query that no statement says, so that errors of its run name no place. */
    public LogicalPlan planUnwritten(SqlNode query) {
        return rexBuilder.ofOtherText(() -> plan(query));
    }

    /**
     * Validates and optimises a query whose rows are to be stored.
     *
     * @param shape what its columns are cast to and completed by, or null to leave them alone
     * @throws org.kalamdb.error.KalamException if it is not valid, or TYPE_MISMATCH if it does not fit the shape
     */
    public LogicalPlan plan(SqlNode query, @Nullable RowShape shape) {
        try {
            return planned(query, shape);
        } catch (KalamException failure) {
            throw MissingNamespaces.explain(failure, query);
        }
    }

    private LogicalPlan planned(SqlNode query, @Nullable RowShape shape) {
        systemColumnUse = SystemColumnUse.of(query);
        CalciteCatalogReader catalogReader = catalogReader(systemColumnUse);
        SqlValidator validator = createValidator(catalogReader);
        return ValidationErrors.translating(() -> {
            Set<String> aliases = ColumnLabels.written(query);
            SqlNode validated = validator.validate(query);
            SqlToRelConverter converter = createConverter(validator, catalogReader);
            RelRoot converted = converter.convertQuery(validated, false, true);
            RelNode root = converted.project();
            if (shape != null) {
                root = shape.cast(root, defaults(shape, validator, converter), typeFactory);
            }
            List<ResultColumn> columns =
                    shape == null ? resultColumns(validator, validated, aliases) : storedColumns(root);
            return new LogicalPlan(
                    Optimizer.optimize(root),
                    columns,
                    parameterTypes(validator, validated),
                    tables(),
                    views(),
                    files.found(),
                    systemColumnUse != SystemColumnUse.NONE,
                    RowLineage.of(root));
        });
    }

    /**
     * Validates a condition over the columns of one row of a table.
     *
     * @throws org.kalamdb.error.KalamException if it is not valid, or not a condition
     */
    public void validateCondition(TableId table, SqlNode condition) {
        if (SystemColumnUse.of(condition) != SystemColumnUse.NONE) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    ObjectNames.position(condition.getParserPosition()),
                    "Cannot read a system column in a condition of table " + table
                            + ": rows have it only when they are committed",
                    null);
        }
        SqlParserPos pos = condition.getParserPosition();
        SqlNode one = SqlLiteral.createExactNumeric("1", pos);
        SqlNode from = new SqlIdentifier(List.of(table.namespace(), table.name()), pos);
        plan(SyntaxTrees.select(List.of(one), from, condition, pos));
    }

    /**
     * Validates expressions that read no column.
     *
     * @return the expressions, in order
     */
    public List<RexNode> planExpressions(List<? extends SqlNode> expressions) {
        CalciteCatalogReader catalogReader = catalogReader(SystemColumnUse.NONE);
        SqlValidator validator = createValidator(catalogReader);
        return ValidationErrors.translating(() -> {
            SqlToRelConverter converter = createConverter(validator, catalogReader);
            List<RexNode> converted = new ArrayList<>(expressions.size());
            for (SqlNode expression : expressions) {
                SqlNode validated = validator.validateParameterizedExpression(expression, Map.of());
                converted.add(converter.convertExpression(validated));
            }
            return converted;
        });
    }

    private List<RexNode> defaults(RowShape shape, SqlValidator validator, SqlToRelConverter converter) {
        List<RexNode> defaults = new ArrayList<>();
        for (RowShape.DefaultedColumn defaulted : shape.defaults()) {
            SqlNode validated = validator.validateParameterizedExpression(defaulted.value(), Map.of());
            defaults.add(rexBuilder.ofOtherText(() -> converter.convertExpression(validated)));
        }
        return defaults;
    }

    private static List<ResultColumn> storedColumns(RelNode root) {
        return root.getRowType().getFieldList().stream()
                .map(field -> new ResultColumn(
                        field.getName(),
                        KalamTypeFactory.kalamType(field.getType()),
                        field.getType().isNullable(),
                        null,
                        null))
                .toList();
    }

    private Set<TableDefinition> tables() {
        return new LinkedHashSet<>(schema.tablesFound().values());
    }

    private Set<ViewDefinition> views() {
        return new LinkedHashSet<>(schema.viewsFound().values());
    }

    private CalciteCatalogReader catalogReader(SystemColumnUse use) {
        return new CalciteCatalogReader(schema.asRoot(use), List.of(namespace), typeFactory, CONFIG);
    }

    private SqlValidator createValidator(CalciteCatalogReader reader) {
        return new KalamValidator(
                SqlOperatorTables.chain(operators, files),
                reader,
                new SequenceCalls(catalog, reader.getSchemaPaths().get(0).get(0)),
                typeFactory,
                cancellation,
                SqlValidator.Config.DEFAULT
                        .withConformance(KalamConformance.INSTANCE)
                        .withTypeCoercionEnabled(true)
                        .withIdentifierExpansion(true)
                        .withDefaultNullCollation(NullCollation.HIGH));
    }

    private SqlToRelConverter createConverter(SqlValidator validator, CalciteCatalogReader reader) {
        RelOptTable.ViewExpander expander = (rowType, query, schemaPath, viewPath) -> {
            SqlNode parsed = KalamParser.parseQuery(query);
            SystemColumnUse use = SystemColumnUse.of(parsed);
            systemColumnUse = systemColumnUse.with(use);
            CalciteCatalogReader viewReader = catalogReader(use).withSchemaPath(schemaPath);
            SqlValidator viewValidator = createValidator(viewReader);
            SqlNode validated = viewValidator.validate(parsed);
            String view = viewPath == null ? "" : String.join(".", viewPath);
            return rexBuilder.ofView(view, () -> {
                RelRoot root = createConverter(viewValidator, viewReader).convertQuery(validated, false, true);
                return root.withRel(root.project());
            });
        };
        return new QueryConverter(expander, validator, reader, cluster);
    }

    private static Map<Integer, KalamDataType> parameterTypes(SqlValidator validator, SqlNode validated) {
        Map<Integer, RelDataType> types = new HashMap<>();
        validated.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                RelDataType type = validator.getValidatedNodeType(parameter);
                RelDataType other = types.putIfAbsent(parameter.getIndex(), type);
                if (other != null && !SqlTypeUtil.equalSansNullability(other, type)) {
                    throw new KalamException(
                            ErrorCode.TYPE_MISMATCH,
                            "Parameter $" + (parameter.getIndex() + 1) + " is used as " + other + " and as " + type
                                    + ": cast it");
                }
                return null;
            }
        });
        Map<Integer, KalamDataType> kalamTypes = new HashMap<>();
        types.forEach((index, type) -> kalamTypes.put(index, KalamTypeFactory.kalamType(type)));
        return kalamTypes;
    }

    private List<ResultColumn> resultColumns(SqlValidator validator, SqlNode validated, Set<String> aliases) {
        List<RelDataTypeField> fields =
                validator.getValidatedNodeType(validated).getFieldList();
        List<? extends @Nullable List<String>> origins = validator.getFieldOrigins(validated);
        List<String> labels = ColumnLabels.of(validated, aliases, fields);
        List<ResultColumn> columns = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            RelDataTypeField field = fields.get(i);
            TableDefinition table = originTable(origins.get(i));
            ColumnDefinition column = table == null ? null : originColumn(table, origins.get(i));
            columns.add(new ResultColumn(
                    labels.get(i),
                    KalamTypeFactory.kalamType(field.getType()),
                    field.getType().isNullable(),
                    column == null || table == null ? null : table.id(),
                    column));
        }
        return columns;
    }

    /** @param origin namespace, table and column, perhaps behind where its rows are, or fewer names or null for an expression */
    private @Nullable TableDefinition originTable(@Nullable List<String> origin) {
        int first = origin == null ? 0 : origin.size() - 3;
        return origin == null || first < 0
                ? null
                : schema.tablesFound().get(new TableId(origin.get(first), origin.get(first + 1)));
    }

    private static @Nullable ColumnDefinition originColumn(TableDefinition table, List<String> origin) {
        for (ColumnDefinition column : table.columns()) {
            if (column.name().equals(Util.last(origin))) {
                return column;
            }
        }
        return null;
    }

    private static CalciteConnectionConfigImpl caseSensitiveConfig() {
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
        return new CalciteConnectionConfigImpl(properties);
    }
}
