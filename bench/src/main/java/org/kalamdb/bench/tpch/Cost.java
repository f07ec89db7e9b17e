// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.bench.tpch;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What was spent. Immutable.
 *
 * @param elapsedMillis time by the clock
 * @param cpuMillis CPU time of all threads of the process
 */
record Cost(double elapsedMillis, double cpuMillis) {
    static Cost now() {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Cost(System.nanoTime() / 1e6, process.getProcessCpuTime() / 1e6);
    }

    Cost since(Cost start) {
        return new Cost(elapsedMillis - start.elapsedMillis, cpuMillis - start.cpuMillis);
    }

    static Cost median(List<Cost> costs) {
        return new Cost(median(costs, Cost::elapsedMillis), median(costs, Cost::cpuMillis));
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> part) {
        return costs.stream().mapToDouble(part).sorted().toArray()[costs.size() / 2];
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.0f ms, CPU %.0f ms", elapsedMillis, cpuMillis);
    }
}
