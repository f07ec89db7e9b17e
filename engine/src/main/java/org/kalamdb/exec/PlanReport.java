// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans as EXPLAIN answers them. */
public final class PlanReport {
    private static final int NANOS_DIGITS_OF_MILLI = 6;
    private static final int BYTES_OF_KILOBYTE = 1_000;

    private PlanReport() {}

    /** One line for each operator, deeper than the one that reads from it. @param profile of a run, or null */
    public static List<String> text(List<PlanDescription> plans, @Nullable QueryProfile profile) {
        List<String> lines = new ArrayList<>();
        plans.forEach(plan -> addLines(plan, "", profile, lines));
        return lines;
    }

    private static void addLines(
            PlanDescription plan, String indent, @Nullable QueryProfile profile, List<String> lines) {
        List<String> name = plan.name().stripTrailing().lines().toList();
        lines.add(indent + name.get(0) + numbers(plan, profile));
        name.subList(1, name.size()).forEach(line -> lines.add(indent + "  " + line));
        plan.inputs().forEach(input -> addLines(input, indent + "  ", profile, lines));
    }

    private static String numbers(PlanDescription plan, @Nullable QueryProfile profile) {
        StringBuilder text = new StringBuilder();
        if (!Double.isNaN(plan.estimatedRows())) {
            text.append("  (rows=").append(whole(plan.estimatedRows())).append(')');
        }
        if (profile != null) {
            QueryProfile.Measurement measured = profile.of(plan.part());
            text.append(
                    measured == null
                            ? "  (never run)"
                            : "  (actual rows=" + measured.rows() + " time=" + millis(measured.nanos()) + " ms"
                                    + (measured.runs() == 1 ? "" : " runs=" + measured.runs())
                                    + (measured.filteredRows() == 0 ? "" : " filtered=" + measured.filteredRows())
                                    + (measured.peakBytes() == 0 ? "" : " memory=" + kilobytes(measured.peakBytes()))
                                    + (measured.spilledBytes() == 0
                                            ? ""
                                            : " spilled=" + kilobytes(measured.spilledBytes()))
                                    + ")");
        }
        return text.toString();
    }

    /** The same as JSON: an array of the statement's plans. @param profile of a run, or null */
    public static String json(List<PlanDescription> plans, @Nullable QueryProfile profile) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        plans.forEach(plan -> array.add(object(plan, profile)));
        return array.toString();
    }

    private static ObjectNode object(PlanDescription plan, @Nullable QueryProfile profile) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        String name = plan.name().strip();
        int detail = name.indexOf('(');
        object.put("operator", detail < 0 ? name : name.substring(0, detail));
        if (detail >= 0 && name.endsWith(")")) {
            object.put("detail", name.substring(detail + 1, name.length() - 1).strip());
        }
        if (!Double.isNaN(plan.estimatedRows())) {
            object.put("estimated_rows", whole(plan.estimatedRows()));
        }
        QueryProfile.Measurement measured = profile == null ? null : profile.of(plan.part());
        if (measured != null) {
            object.put("actual_rows", measured.rows());
            object.put("time_ms", millis(measured.nanos()));
            object.put("runs", measured.runs());
            object.put("filtered_rows", measured.filteredRows());
            object.put("peak_memory_bytes", measured.peakBytes());
            object.put("spilled_bytes", measured.spilledBytes());
        }
        if (!plan.inputs().isEmpty()) {
            ArrayNode inputs = object.putArray("inputs");
            plan.inputs().forEach(input -> inputs.add(object(input, profile)));
        }
        return object;
    }

    private static String kilobytes(long bytes) {
        return (bytes + BYTES_OF_KILOBYTE - 1) / BYTES_OF_KILOBYTE + " kB";
    }

    private static long whole(double rows) {
        return Math.round(rows);
    }

    private static BigDecimal millis(long nanos) {
        return BigDecimal.valueOf(nanos, NANOS_DIGITS_OF_MILLI).setScale(3, RoundingMode.HALF_UP);
    }
}
