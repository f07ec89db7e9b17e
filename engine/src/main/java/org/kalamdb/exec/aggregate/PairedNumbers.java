// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.exec.aggregate;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.kalamdb.function.PairStatistic;

/**
 * A statistic of pairs of numbers, computed from running means and sums of squares about them, so that numbers far from
 * zero lose nothing. Pairs that are not complete are passed over. Confined to one thread.
 */
final class PairedNumbers implements Accumulator {
    private final PairStatistic statistic;
    private long count;
    private double meanX;
    private double meanY;
    private double squaresX;
    private double squaresY;
    private double products;

    PairedNumbers(PairStatistic statistic) {
        this.statistic = requireNonNull(statistic, "statistic is null");
    }

    @Override
    public void add(@Nullable Object[] arguments) {
        if (!(arguments[0] instanceof Number dependent) || !(arguments[1] instanceof Number independent)) {
            return;
        }
        double y = dependent.doubleValue();
        double x = independent.doubleValue();
        count++;
        double fromOldX = x - meanX;
        double fromOldY = y - meanY;
        meanX += fromOldX / count;
        meanY += fromOldY / count;
        squaresX += fromOldX * (x - meanX);
        squaresY += fromOldY * (y - meanY);
        products += fromOldX * (y - meanY);
    }

    @Override
    public @Nullable Object value() {
        if (count == 0) {
            return null;
        }
        return switch (statistic) {
            case COVAR_POP -> products / count;
            case COVAR_SAMP -> count == 1 ? null : products / (count - 1);
            case CORR -> squaresX == 0 || squaresY == 0 ? null : correlation();
            case REGR_SLOPE -> squaresX == 0 ? null : slope();
            case REGR_INTERCEPT -> squaresX == 0 ? null : meanY - slope() * meanX;
            case REGR_R2 -> squaresX == 0 ? null : determination();
            case REGR_AVGX -> meanX;
            case REGR_AVGY -> meanY;
            case REGR_SXX -> squaresX;
            case REGR_SYY -> squaresY;
            case REGR_SXY -> products;
        };
    }

    private double slope() {
        return products / squaresX;
    }

    /** Rounding must not lead out of the range of correlations. */
    private double correlation() {
        double correlation = products / Math.sqrt(squaresX) / Math.sqrt(squaresY);
        return Math.max(-1, Math.min(1, correlation));
    }

    /** A horizontal line is met exactly. */
    private double determination() {
        return squaresY == 0 ? 1.0 : correlation() * correlation();
    }
}
