// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.function;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeComparability;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/**
 * MEDIAN(x), and PERCENTILE_CONT and PERCENTILE_DISC with two arguments, a fraction and x. The discrete percentile is one
 * of the values and has their type; the others are interpolated, of numbers only, and DOUBLE. Immutable.
 */
public final class PercentileAggregate extends KalamAggregate {
    /** Which value a percentile is. */
    public enum Choice {
        MEDIAN,
        CONTINUOUS,
        DISCRETE
    }

    private static final SqlReturnTypeInference NUMBER = ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE);

    /** Rising and falling order have names of their own, since operators of one name are taken for the same. */
    private static final List<PercentileAggregate> ALL = List.of(
            new PercentileAggregate(),
            new PercentileAggregate("PERCENTILE_CONT", Choice.CONTINUOUS, false),
            new PercentileAggregate("PERCENTILE_CONT DESC", Choice.CONTINUOUS, true),
            new PercentileAggregate("PERCENTILE_DISC", Choice.DISCRETE, false),
            new PercentileAggregate("PERCENTILE_DISC DESC", Choice.DISCRETE, true));

    private final Choice choice;
    private final boolean descending;

    private PercentileAggregate() {
        super("MEDIAN", NUMBER, null, new Operands(Choice.MEDIAN));
        this.choice = Choice.MEDIAN;
        this.descending = false;
    }

    private PercentileAggregate(String name, Choice choice, boolean descending) {
        super(
                name,
                choice == Choice.CONTINUOUS ? NUMBER : ReturnTypes.ARG1.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                (binding, returnType, operandTypes) ->
                        operandTypes[0] = binding.getTypeFactory().createSqlType(SqlTypeName.DOUBLE),
                new Operands(choice));
        this.choice = choice;
        this.descending = descending;
    }

    /** Those with an order are found by their name only once their order has become an argument. */
    static List<PercentileAggregate> percentiles() {
        return ALL;
    }

    /** The percentile of a fraction and the values that it orders. */
    public static PercentileAggregate ordered(Choice choice, boolean descending) {
        return ALL.stream()
                .filter(function -> function.choice == choice && function.descending == descending)
                .findFirst()
                .orElseThrow();
    }

    public Choice choice() {
        return choice;
    }

    /** Whether the greatest value is the first. */
    public boolean isDescending() {
        return descending;
    }

    /** A value, and before it the fraction if there is one, which is the same for all rows. Text is not converted. */
    private record Operands(Choice choice) implements SqlOperandTypeChecker {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            boolean valid = isOrdered(binding.getOperandType(binding.getOperandCount() - 1)) && hasFraction(binding);
            if (!valid && throwOnFailure) {
                throw binding.newValidationSignatureError();
            }
            return valid;
        }

        private boolean isOrdered(RelDataType type) {
            return choice == Choice.DISCRETE ? type.getComparability() == RelDataTypeComparability.ALL : isNumber(type);
        }

        private boolean hasFraction(SqlCallBinding binding) {
            if (choice == Choice.MEDIAN) {
                return true;
            }
            binding.operand(0).accept(new NoColumns());
            return isNumber(binding.getOperandType(0));
        }

        private static boolean isNumber(RelDataType type) {
            return SqlTypeUtil.isNumeric(type) || type.getSqlTypeName() == SqlTypeName.NULL;
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.of(choice == Choice.MEDIAN ? 1 : 2);
        }

        @Override
        public String getAllowedSignatures(SqlOperator operator, String name) {
            return switch (choice) {
                case MEDIAN -> name + "(<NUMERIC>)";
                case CONTINUOUS -> name + "(<NUMERIC>) WITHIN GROUP (ORDER BY <NUMERIC>)";
                case DISCRETE -> name + "(<NUMERIC>) WITHIN GROUP (ORDER BY <COMPARABLE_TYPE>)";
            };
        }
    }

    private static final class NoColumns extends SqlBasicVisitor<Void> {
        @Override
        public Void visit(SqlIdentifier identifier) {
            throw new KalamException(
                    ErrorCode.INVALID_PARAMETER,
                    "Fraction of a percentile must be a constant or a parameter, got: " + identifier);
        }
    }
}
