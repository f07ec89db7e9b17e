// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCallBinding;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlUserDefinedTableFunction;
import org.jspecify.annotations.Nullable;
import org.kalamdb.function.KalamOperatorTable;
import org.kalamdb.function.RelTypes;
import org.kalamdb.introspection.RoutineInfo;
import org.kalamdb.introspection.RoutineInfo.Kind;
import org.kalamdb.introspection.RoutineInfo.ValueType;
import org.kalamdb.type.DecimalType;
import org.kalamdb.type.KalamDataType;

/**
 * The functions of the dialect as the catalog shows them, made from {@link KalamOperatorTable}, by which calls are
 * resolved. Confined to one thread; what it makes is immutable.
 */
public final class FunctionCatalog {
    private static final KalamDataType NUMBER = KalamDataType.decimal(DecimalType.MAX_PRECISION, 0);

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final Pattern OPERAND = Pattern.compile("<([^>]+)>");

    private static final Set<SqlSyntax> CALLED_BY_NAME = EnumSet.of(
            SqlSyntax.FUNCTION,
            SqlSyntax.FUNCTION_ID,
            SqlSyntax.FUNCTION_ID_CONSTANT,
            SqlSyntax.FUNCTION_STAR,
            SqlSyntax.ORDERED_FUNCTION);

    /** Calcite's functions of types and clauses that there are not, or for which it has no code. */
    private static final Set<String> WITHOUT_USE = Set.of(
            "AGE",
            "ARRAY_AGG",
            "COLLECT",
            "GROUP_ID",
            "HOP",
            "RAND_INTEGER",
            "SESSION",
            "SINGLE_VALUE",
            "STRING_TO_ARRAY",
            "TUMBLE",
            "VARIANTNULL");

    /** What stands for each family of types in a signature. */
    private static final Map<String, ValueType> FAMILIES = families();

    /** The functions by name, each once for each way to call it. */
    private static final class Holder {
        private static final List<RoutineInfo> ROUTINES = new FunctionCatalog().make();
    }

    private final KalamTypeFactory types = new KalamTypeFactory();
    private final Map<String, List<Signature>> signatures = new LinkedHashMap<>();

    private FunctionCatalog() {}

    /** The functions by name, each once for each way to call it. Made when first asked for. */
    public static List<RoutineInfo> routines() {
        return Holder.ROUTINES;
    }

    private static Map<String, ValueType> families() {
        Map<String, ValueType> families = new HashMap<>();
        List.of("NUMERIC", "EXACT_NUMERIC").forEach(name -> families.put(name, of(NUMBER)));
        families.put("INTEGER", of(KalamDataType.INT));
        List.of("CHARACTER", "STRING").forEach(name -> families.put(name, of(KalamDataType.TEXT)));
        families.put("BINARY", of(KalamDataType.BYTES));
        families.put("BOOLEAN", of(KalamDataType.BOOLEAN));
        List.of("DATETIME", "TIMESTAMP").forEach(name -> families.put(name, of(KalamDataType.TIMESTAMP)));
        families.put("DATE", of(KalamDataType.DATE));
        families.put("TIME", of(KalamDataType.TIME));
        families.put("EMBEDDING", of(KalamDataType.embedding(1)));
        List.of("ANY", "COMPARABLE_TYPE", "EQUIVALENT_TYPE").forEach(name -> families.put(name, ValueType.ANY));
        return Map.copyOf(families);
    }

    private static ValueType of(KalamDataType type) {
        return new ValueType(type);
    }

    private List<RoutineInfo> make() {
        for (SqlOperator operator : KalamOperatorTable.create().getOperatorList()) {
            if (operator instanceof SqlFunction function && isCallable(function)) {
                add(function);
            }
        }
        List<RoutineInfo> routines = new ArrayList<>();
        signatures.forEach((name, ways) -> {
            for (int i = 0; i < ways.size(); i++) {
                Signature way = ways.get(i);
                routines.add(new RoutineInfo(
                        name, name + "_" + (i + 1), way.kind(), way.parameters(), way.result(), way.deterministic()));
            }
        });
        routines.sort(Comparator.comparing(RoutineInfo::name).thenComparing(RoutineInfo::specificName));
        return List.copyOf(routines);
    }

    private static boolean isCallable(SqlFunction function) {
        return CALLED_BY_NAME.contains(function.getSyntax())
                && function.getFunctionType() != SqlFunctionCategory.MATCH_RECOGNIZE
                && PLAIN_NAME.matcher(function.getName()).matches()
                && !WITHOUT_USE.contains(function.getName());
    }

    private void add(SqlFunction function) {
        Kind kind = function instanceof SqlUserDefinedTableFunction
                ? Kind.TABLE
                : function.isAggregator() ? Kind.AGGREGATE : Kind.SCALAR;
        boolean deterministic = function.isDeterministic() && !function.isDynamicFunction();
        List<Signature> ways =
                signatures.computeIfAbsent(usersName(function).toLowerCase(Locale.ROOT), name -> new ArrayList<>());
        for (List<ValueType> operands : operands(function)) {
            // Of two of one name and the same operands, the first is called.
            if (ways.stream().noneMatch(way -> way.parameters().equals(operands))) {
                ways.add(new Signature(kind, operands, result(function, kind, operands), deterministic));
            }
        }
    }

    /** Some are called by other names than they have inside, where the words of their clauses are part of them. */
    private static String usersName(SqlFunction function) {
        return function.getName().replaceFirst("_(ABSENT|NULL)_ON_NULL$|(?<=^TRANSLATE)3$", "");
    }

    /** The operands of each way to call a function that takes types that there are. */
    private static List<List<ValueType>> operands(SqlFunction function) {
        if (function.getOperandTypeChecker() == null) {
            return List.of();
        }
        List<List<ValueType>> ways = new ArrayList<>();
        for (String signature : function.getAllowedSignatures().split("\n")) {
            List<ValueType> operands = operands(signature, function.getOperandCountRange());
            if (operands != null) {
                ways.add(operands);
            }
        }
        return ways;
    }

    private static @Nullable List<ValueType> operands(String signature, SqlOperandCountRange count) {
        List<ValueType> operands = new ArrayList<>();
        Matcher operand = OPERAND.matcher(signature);
        while (operand.find()) {
            ValueType type = FAMILIES.get(operand.group(1));
            if (type != null) {
                operands.add(type);
            } else if (!operand.group(1).equals("...")) {
                return null;
            }
        }
        while (operands.size() < count.getMin()) {
            operands.add(operands.isEmpty() ? ValueType.ANY : operands.get(operands.size() - 1));
        }
        return operands;
    }

    /** What is answered; if several types may be, that is known from the operands only. */
    private ValueType result(SqlFunction function, Kind kind, List<ValueType> operands) {
        if (kind == Kind.TABLE) {
            return ValueType.ANY;
        }
        List<RexNode> columns = new ArrayList<>();
        for (ValueType operand : operands) {
            KalamDataType type = operand.type();
            if (type == null) {
                return ValueType.ANY;
            }
            columns.add(new RexInputRef(columns.size(), types.relType(type, true)));
        }
        RelDataType result = function.inferReturnType(new RexCallBinding(types, function, columns, List.of()));
        return RelTypes.findKalamType(result).map(FunctionCatalog::of).orElse(ValueType.ANY);
    }

    /** One way to call a function. */
    private record Signature(Kind kind, List<ValueType> parameters, ValueType result, boolean deterministic) {}
}
