// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.planning;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlOperatorTable;
import org.jspecify.annotations.Nullable;
import org.kalamdb.copy.NamedFile;
import org.kalamdb.dml.CheckCache;
import org.kalamdb.dml.DirectModifications;
import org.kalamdb.dml.ModificationPlan;
import org.kalamdb.dml.ModificationPlanner;
import org.kalamdb.engine.GeneratedKeys;
import org.kalamdb.engine.ResultColumn;
import org.kalamdb.engine.Updatability;
import org.kalamdb.engine.setting.Settings;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.exec.columnar.QueryCompiler;
import org.kalamdb.exec.direct.DirectPlanner;
import org.kalamdb.file.FileSet;
import org.kalamdb.function.KalamOperatorTable;
import org.kalamdb.introspection.Introspection;
import org.kalamdb.plan.LiteralParameter;
import org.kalamdb.plan.LogicalPlan;
import org.kalamdb.plan.ObjectNames;
import org.kalamdb.plan.OperatorIndex;
import org.kalamdb.plan.PlannerCatalog;
import org.kalamdb.plan.PlannerOnDemand;
import org.kalamdb.plan.QueryPlanner;
import org.kalamdb.schema.ColumnDefinition;
import org.kalamdb.schema.TableDefinition;
import org.kalamdb.schema.TableId;
import org.kalamdb.schema.ViewDefinition;
import org.kalamdb.sql.BackupCommand;
import org.kalamdb.sql.CheckCommand;
import org.kalamdb.sql.CopyTo;
import org.kalamdb.sql.Explain;
import org.kalamdb.sql.Inspection;
import org.kalamdb.sql.KalamParser;
import org.kalamdb.sql.Modification;
import org.kalamdb.sql.Query;
import org.kalamdb.sql.SimpleStatement;
import org.kalamdb.sql.SimpleStatements;
import org.kalamdb.sql.Statement;
import org.kalamdb.sql.StatementShape;
import org.kalamdb.sql.StorageCommand;
import org.kalamdb.store.Catalog;
import org.kalamdb.type.KalamDataType;

/** Plans statements and keeps the plans of the last ones, for all sessions. Safe for use by several threads. */
public final class StatementPlanner {
    /** A plan is made anew when a table has grown or shrunk by this factor, and by more than {@link #MIN_DRIFT} rows. */
    private static final double MAX_DRIFT_FACTOR = 8;

    private static final double MIN_DRIFT = 1000;

    private final Catalog catalog;
    private final PlannerCatalog plannerCatalog;
    private final Inspections inspections;
    private final CheckCache checks = new CheckCache();
    private final SeenTexts seenTexts = new SeenTexts();
    private final PlanCache plans = new PlanCache();
    private final SharedPlans sharedPlans;
    private final SharedPlans.Planning fullPlanning = new SharedPlans.Planning() {
        @Override
        public PlannedStatement plan(StatementShape shape, PlanningScope scope, PlannerCatalog from) {
            Statement statement = KalamParser.parse(shape.text());
            return statement instanceof Query query
                    ? planQuery(queryPlanner(from, scope).plan(LiteralParameter.inPlaceOf(shape.slots(), query.node())))
                    : StatementPlanner.this.plan(statement, scope, GeneratedKeys.NONE);
        }

        @Override
        public boolean isCurrent(PlannedStatement plan) {
            return StatementPlanner.this.isCurrent(plan);
        }
    };

    /** Apart, so that a database opens without the classes of all functions. */
    private static final class Operators {
        static final SqlOperatorTable INDEX = new OperatorIndex(KalamOperatorTable.create());
    }

    public StatementPlanner(Catalog catalog, PlannerCatalog plannerCatalog, Introspection introspection) {
        this.catalog = catalog;
        this.plannerCatalog = plannerCatalog;
        this.inspections = new Inspections(introspection);
        this.sharedPlans = new SharedPlans(plans, plannerCatalog);
    }

    /** The plan of a statement: a kept one if nothing it rests on has changed. */
    public PlannedStatement plan(String sql, PlanningScope scope, GeneratedKeys generatedKeys) {
        PlanCache.Key key = new PlanCache.Key(sql, scope.namespace(), generatedKeys);
        PlannedStatement known = plans.find(key);
        if (known != null && isCurrent(known)) {
            plans.count(PlanCache.Outcome.HIT);
            return known;
        }
        PlanCache.Outcome outcome = PlanCache.Outcome.DIRECT;
        PlannedStatement planned = planDirectly(sql, scope, generatedKeys);
        if (planned == null) {
            SharedPlans.SharedPlan shared = sharedPlans.find(sql, scope, fullPlanning);
            if (shared != null) {
                planned = shared.plan();
                outcome = shared.outcome();
            }
        }
        if (planned == null) {
            outcome = PlanCache.Outcome.MISS;
            planned = plan(KalamParser.parse(sql), scope, generatedKeys);
        } else if (known == null && seenTexts.isNew(sql)) {
            // As soon planned again as found, if it is ever said again: not worth the place of a plan that is used.
            plans.count(outcome);
            return planned;
        }
        if (planned instanceof PlannedStatement.OfQuery
                || planned instanceof PlannedStatement.OfModification
                || planned instanceof PlannedStatement.OfExport) {
            plans.put(key, planned);
            plans.count(outcome);
        }
        return planned;
    }

    /** The plan of a simple statement; null if the grammar and the full planner have to look at it. */
    private @Nullable PlannedStatement planDirectly(String sql, PlanningScope scope, GeneratedKeys generatedKeys) {
        SimpleStatement statement = SimpleStatements.read(sql);
        if (statement == null) {
            return null;
        }
        SimpleStatement.TableReference target = statement.target();
        if (target == null) {
            return planLiterals(statement);
        }
        TableId id = new TableId(target.namespace() == null ? scope.namespace() : target.namespace(), target.name());
        TableDefinition table = catalog.findTable(id).orElse(null);
        if (table == null) {
            return null;
        }
        if (statement instanceof SimpleStatement.Explained explained) {
            PlannedStatement plan = planDirectly(explained.statement(), table, scope, GeneratedKeys.NONE);
            return plan == null ? null : explain(plan, false, Explain.Format.TEXT, estimatedRows(sql, scope));
        }
        return planDirectly(statement, table, scope, generatedKeys);
    }

    private @Nullable PlannedStatement planDirectly(
            SimpleStatement statement, TableDefinition table, PlanningScope scope, GeneratedKeys generatedKeys) {
        if (statement instanceof SimpleStatement.Select select) {
            DirectPlanner.DirectPlan plan = DirectPlanner.plan(select, table);
            return plan == null ? null : planned(plan, table, Map.of());
        }
        if (statement instanceof SimpleStatement.Count count) {
            double rowCount = plannerCatalog.rowCount(table);
            DirectPlanner.DirectPlan plan = DirectPlanner.plan(count, table, rowCount);
            return plan == null ? null : planned(plan, table, Map.of(table, rowCount));
        }
        SimpleStatement.Change change = (SimpleStatement.Change) statement;
        ModificationPlan plan = DirectModifications.plan(change, table, generatedKeys, plannerOnDemand(scope), checks);
        return plan == null
                ? null
                : new PlannedStatement.OfModification(plan, !change.returning().isEmpty());
    }

    private static @Nullable PlannedStatement planLiterals(SimpleStatement statement) {
        boolean isExplained = statement instanceof SimpleStatement.Explained;
        SimpleStatement query =
                statement instanceof SimpleStatement.Explained explained ? explained.statement() : statement;
        DirectPlanner.DirectPlan plan =
                query instanceof SimpleStatement.Literals literals ? DirectPlanner.plan(literals) : null;
        if (plan == null) {
            return null;
        }
        PlannedStatement.OfQuery planned = planned(plan, null, Map.of());
        return isExplained ? explain(planned, false, Explain.Format.TEXT, 1) : planned;
    }

    /**
     * @param table what it reads; null if it reads none
     * @param rowCounts as in {@link PlanInputs}
     */
    private static PlannedStatement.OfQuery planned(
            DirectPlanner.DirectPlan plan, @Nullable TableDefinition table, Map<TableDefinition, Double> rowCounts) {
        return new PlannedStatement.OfQuery(
                plan.query(),
                plan.columns(),
                plan.parameterTypes(),
                new PlanInputs(table == null ? Set.of() : Set.of(table), Set.of(), Set.of(), rowCounts),
                false,
                () -> table == null ? new Updatability.ReadOnly("the query reads no table") : plan.updatability(table));
    }

    private PlannerOnDemand plannerOnDemand(PlanningScope scope) {
        return new PlannerOnDemand(() -> queryPlanner(scope));
    }

    /** A planner for parts of a statement. */
    public QueryPlanner queryPlanner(PlanningScope scope) {
        return queryPlanner(plannerCatalog, scope);
    }

    private static QueryPlanner queryPlanner(PlannerCatalog from, PlanningScope scope) {
        return new QueryPlanner(from, Operators.INDEX, scope.namespace(), scope.cancellation());
    }

    /** Plans are made anew, because what they rest on has become better known. */
    public void forgetPlans() {
        plans.forgetAll();
    }

    /** What has become of the plans, by the names of {@code system.stats}. */
    public Map<String, Long> metrics() {
        return plans.metrics();
    }

    public Inspections inspections() {
        return inspections;
    }

    /** Whether nothing that the plan rests on has changed since. */
    public boolean isCurrent(PlannedStatement planned) {
        PlanInputs inputs = planned.inputs();
        return hasCurrentDefinitions(inputs)
                && hasCurrentFiles(inputs)
                && !hasDrifted(inputs)
                && !(planned instanceof PlannedStatement.OfCommand);
    }

    private boolean hasCurrentDefinitions(PlanInputs inputs) {
        long version = catalog.version();
        if (inputs.isKnownAt(version)) {
            return true;
        }
        for (TableDefinition table : inputs.tables()) {
            TableDefinition current = catalog.findTable(table.id()).orElse(null);
            if (current != table
                    && (current == null
                            || current.objectId() != table.objectId()
                            || current.schemaVersion() != table.schemaVersion())) {
                return false;
            }
        }
        for (ViewDefinition view : inputs.views()) {
            if (catalog.findView(view.id()).filter(view::equals).isEmpty()) {
                return false;
            }
        }
        inputs.foundCurrentAt(version);
        return true;
    }

    private static boolean hasCurrentFiles(PlanInputs inputs) {
        for (FileSet files : inputs.files()) {
            if (!files.isCurrent()) {
                return false;
            }
        }
        return true;
    }

    private boolean hasDrifted(PlanInputs inputs) {
        for (Map.Entry<TableDefinition, Double> entry : inputs.rowCounts().entrySet()) {
            if (hasDrifted(entry.getValue(), plannerCatalog.rowCount(entry.getKey()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasDrifted(double planned, double current) {
        double least = Math.min(planned, current);
        double most = Math.max(planned, current);
        return most - least > MIN_DRIFT && most > least * MAX_DRIFT_FACTOR;
    }

    public PlannedStatement plan(Statement statement, PlanningScope scope, GeneratedKeys generatedKeys) {
        if (statement instanceof Query query) {
            return planQuery(queryPlanner(scope).plan(query.node()));
        }
        if (statement instanceof Modification modification) {
            ModificationPlan plan = modificationPlanner(modification, scope).plan(modification, generatedKeys);
            return new PlannedStatement.OfModification(
                    plan, !modification.returning().isEmpty());
        }
        if (statement instanceof CopyTo copy) {
            return new PlannedStatement.OfExport(
                    planQuery(queryPlanner(scope).plan(copy.query())), NamedFile.of(copy.file()));
        }
        if (statement instanceof Explain explain) {
            return planExplain(explain, scope);
        }
        if (statement instanceof Inspection.ShowVariable show) {
            return new PlannedStatement.OfCommand(statement, Settings.columns(show));
        }
        if (statement instanceof Inspection inspection) {
            String query = InspectionQueries.sqlOf(inspection, scope.namespace(), catalog);
            if (query != null) {
                return plan(KalamParser.parse(query), scope, GeneratedKeys.NONE);
            }
            return new PlannedStatement.OfCommand(
                    statement,
                    inspections.of(inspection, scope.namespace()).columns().stream()
                            .map(StatementPlanner::resultColumn)
                            .toList());
        }
        if (statement instanceof BackupCommand backup) {
            return new PlannedStatement.OfCommand(statement, CommandColumns.of(backup));
        }
        if (statement instanceof CheckCommand) {
            return new PlannedStatement.OfCommand(statement, CommandColumns.OF_CHECK);
        }
        if (statement instanceof StorageCommand) {
            return new PlannedStatement.OfCommand(statement, CommandColumns.OF_STORAGE);
        }
        return new PlannedStatement.OfCommand(statement, List.of());
    }

    private PlannedStatement.OfQuery planQuery(LogicalPlan plan) {
        Map<TableDefinition, Double> rowCounts = new HashMap<>();
        if (plan.tables().size() > 1) {
            plan.tables().forEach(table -> rowCounts.put(table, plannerCatalog.rowCount(table)));
        }
        Updatability updatability = plan.updatability();
        return new PlannedStatement.OfQuery(
                QueryCompiler.compile(plan),
                plan.columns(),
                plan.parameterTypes(),
                new PlanInputs(plan.tables(), plan.views(), plan.files(), Map.copyOf(rowCounts)),
                plan.betweenCommits(),
                () -> updatability);
    }

    private ModificationPlanner modificationPlanner(Modification statement, PlanningScope scope) {
        TableId id = ObjectNames.tableId(statement.target(), scope.namespace());
        if (catalog.findTable(id).isEmpty() && catalog.findView(id).isPresent()) {
            throw new KalamException(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    ObjectNames.position(statement.target().getParserPosition()),
                    "Cannot change " + id + ": it is a view, change the tables it reads",
                    null);
        }
        try {
            return new ModificationPlanner(plannerOnDemand(scope), checks, catalog.requireTable(id));
        } catch (KalamException e) {
            throw e.at(ObjectNames.position(statement.target().getParserPosition()));
        }
    }

    /** What the full planner thinks of a query that is planned without it; NaN for a statement that changes rows. */
    private double estimatedRows(String explain, PlanningScope scope) {
        return KalamParser.parse(explain) instanceof Explain parsed && parsed.statement() instanceof Query query
                ? queryPlanner(scope).plan(query.node()).estimatedRows()
                : Double.NaN;
    }

    private PlannedStatement planExplain(Explain explain, PlanningScope scope) {
        if (!(explain.statement() instanceof Query) && !(explain.statement() instanceof Modification)) {
            throw new KalamException(
                    ErrorCode.NOT_SUPPORTED,
                    ObjectNames.position(explain.position()),
                    "Cannot explain this statement: only queries and statements that change rows have a plan",
                    null);
        }
        return explain(
                plan(explain.statement(), scope, GeneratedKeys.NONE), explain.analyze(), explain.format(), Double.NaN);
    }

    private static PlannedStatement.OfExplain explain(
            PlannedStatement explained, boolean analyze, Explain.Format format, double estimatedRows) {
        KalamDataType type = format == Explain.Format.JSON ? KalamDataType.JSON : KalamDataType.TEXT;
        return new PlannedStatement.OfExplain(
                explained, analyze, format, List.of(new ResultColumn("plan", type, false, null, null)), estimatedRows);
    }

    public static ResultColumn resultColumn(ColumnDefinition column) {
        return new ResultColumn(column.name(), column.dataType(), column.nullable(), null, null);
    }
}
