// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.error.SourcePosition;
import org.kalamdb.function.RelTypes;
import org.kalamdb.schema.SystemColumns;
import org.kalamdb.type.KalamDataType;

/** Calcite's validator with our view of parameters. Confined to one thread. */
final class KalamValidator extends SqlValidatorImpl {
    /** What stands around the key of an order. */
    private static final Set<SqlKind> ORDER_WORDS =
            EnumSet.of(SqlKind.DESCENDING, SqlKind.NULLS_FIRST, SqlKind.NULLS_LAST);

    private final SequenceCalls sequences;
    private final Runnable cancellation;

    KalamValidator(
            SqlOperatorTable operators,
            SqlValidatorCatalogReader catalogReader,
            SequenceCalls sequences,
            KalamTypeFactory typeFactory,
            Runnable cancellation,
            Config config) {
        super(operators, catalogReader, typeFactory, config);
        this.sequences = sequences;
        this.cancellation = cancellation;
    }

    @Override
    public SqlTypeMappingRule getTypeMappingRule() {
        return CastRules.INSTANCE;
    }

    @Override
    protected SqlNode performUnconditionalRewrites(SqlNode node, boolean underFrom) {
        return super.performUnconditionalRewrites(
                sequences.expand(RowMembership.expand(OrderedPercentiles.expand(
                        WindowFilters.expand(JdbcFunctions.expand(UntypedNulls.expand(Translation.expand(
                                DistinctOn.expand(FileFunctions.nameArguments(CallChecks.requireOperands(node)))))))))),
                underFrom);
    }

    /** Leaves out the system columns of tables, which a star does not stand for. */
    @Override
    protected void addToSelectList(
            List<SqlNode> list,
            Set<String> aliases,
            List<Map.Entry<String, RelDataType>> fieldList,
            SqlNode exp,
            SelectScope scope,
            boolean includeSystemVars) {
        if (!isSystemColumn(exp, scope)) {
            super.addToSelectList(list, aliases, fieldList, exp, scope, includeSystemVars);
        }
    }

    private static boolean isSystemColumn(SqlNode exp, SelectScope scope) {
        if (!(exp instanceof SqlIdentifier column) || !SystemColumns.isName(Util.last(column.names))) {
            return false;
        }
        SqlValidatorNamespace namespace = scope.fullyQualify(column).namespace;
        SqlValidatorTable table = namespace == null ? null : namespace.getTable();
        return table != null && table.unwrap(StoredTable.class) != null;
    }

    /** Says which function there is not in the names of types that users know. */
    @Override
    public CalciteException handleUnresolvedFunction(
            SqlCall call,
            SqlOperator unresolved,
            List<RelDataType> argumentTypes,
            @Nullable List<String> argumentNames) {
        List<SqlOperator> known = new ArrayList<>();
        getOperatorTable()
                .lookupOperatorOverloads(
                        unresolved.getNameAsId(),
                        null,
                        SqlSyntax.FUNCTION,
                        known,
                        getCatalogReader().nameMatcher());
        if (!known.isEmpty()) {
            return super.handleUnresolvedFunction(call, unresolved, argumentTypes, argumentNames);
        }
        String types = argumentTypes.stream()
                .map(type ->
                        RelTypes.findKalamType(type).map(KalamDataType::sqlName).orElseGet(type::toString))
                .collect(Collectors.joining(", "));
        SqlParserPos position = call.getParserPosition();
        throw new KalamException(
                ErrorCode.FUNCTION_NOT_FOUND,
                new SourcePosition(position.getLineNum(), position.getColumnNum()),
                "Function " + unresolved.getName() + "(" + types + ") does not exist",
                null);
    }

    /** Tells the conditions of a CASE that they are conditions before its type is asked for, which a NULL in them needs. */
    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode expr) {
        cancellation.run();
        if (expr instanceof SqlCase choice
                && choice.getValueOperand() == null
                && getValidatedNodeTypeIfKnown(choice) == null) {
            RelDataType condition = typeFactory.createSqlType(SqlTypeName.BOOLEAN);
            choice.getWhenOperands().forEach(when -> inferUnknownTypes(condition, scope, when));
        }
        RelDataType own = expr instanceof LiteralParameter parameter ? parameter.ownType(typeFactory) : null;
        if (own != null) {
            setValidatedNodeType(expr, own);
            return own;
        }
        if (!(expr instanceof SqlCall call) || getValidatedNodeTypeIfKnown(expr) != null) {
            return super.deriveType(scope, expr);
        }
        if (CallChecks.precedesValidation(call)) {
            call.getOperandList().stream()
                    .filter(operand -> !(operand instanceof SqlDynamicParam))
                    .forEach(operand -> deriveType(scope, operand));
            CallChecks.requireTypes(call, knownTypes(call));
        }
        RelDataType type = super.deriveType(scope, expr);
        CallChecks.requireTypes(call, knownTypes(call));
        return type;
    }

    private List<@Nullable RelDataType> knownTypes(SqlCall call) {
        List<@Nullable RelDataType> types = new ArrayList<>(call.operandCount());
        for (SqlNode operand : call.getOperandList()) {
            types.add(operand == null ? null : getValidatedNodeTypeIfKnown(operand));
        }
        return types;
    }

    /** Gives parameters in ORDER BY the types that follow from where they stand. */
    @Override
    protected void validateOrderList(SqlSelect select) {
        SqlNodeList order = select.getOrderList();
        if (order != null) {
            for (SqlNode item : order) {
                SqlNode key = item;
                while (key instanceof SqlCall call && ORDER_WORDS.contains(key.getKind())) {
                    key = call.operand(0);
                }
                if (key instanceof SqlCall) {
                    inferUnknownTypes(unknownType, getOrderScope(select), expandOrderExpr(select, key));
                }
            }
        }
        super.validateOrderList(select);
    }

    /** A parameter that nothing around it gives a type is text, as in PostgreSQL. */
    @Override
    protected void inferUnknownTypes(RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
        RelDataType own = node instanceof LiteralParameter parameter ? parameter.ownType(typeFactory) : null;
        if (own != null) {
            setValidatedNodeType(node, own);
            return;
        }
        RelDataType type = inferredType;
        if (node instanceof SqlDynamicParam && inferredType.equals(unknownType)) {
            type = ((KalamTypeFactory) typeFactory).relType(KalamDataType.TEXT, true);
        }
        super.inferUnknownTypes(type, scope, node);
        RelDataType inferred = node instanceof LiteralParameter ? getValidatedNodeTypeIfKnown(node) : null;
        if (inferred != null) {
            setValidatedNodeType(node, typeFactory.createTypeWithNullability(inferred, false));
        }
    }
}
