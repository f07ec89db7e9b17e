// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;
import org.kalamdb.schema.ColumnStatistics;
import org.kalamdb.schema.Histogram;
import org.kalamdb.schema.TableAnalysis;
import org.kalamdb.schema.TableAnalysis.ColumnAnalysis;

final class TableAnalysesTest {
    private final TableAnalyses analyses = new TableAnalyses(new InMemoryKeyValueStore());

    @Test
    void whatWasWrittenIsRead() {
        Histogram histogram = new Histogram(List.of(-1.5, 0.0, 0.0, 12.0), List.of(new Histogram.Frequent(0, 0.4)));
        TableAnalysis analysis = new TableAnalysis(
                7,
                100,
                1_000_000,
                List.of(
                        new ColumnAnalysis(
                                1,
                                new ColumnStatistics(10, 0.25, -1.5, 12, histogram),
                                "-1.5",
                                "12",
                                List.of("-1.5", "0", "0", "12")),
                        new ColumnAnalysis(2, ColumnStatistics.UNKNOWN, null, null, List.of())));
        assertThat(analyses.decode(analyses.encode(analysis))).isEqualTo(analysis);
    }

    @Test
    void analysesWithoutHistogramsAreRead() throws IOException {
        assertThat(analyses.decode(bytes(1)))
                .isEqualTo(new TableAnalysis(
                        7,
                        100,
                        1_000_000,
                        List.of(new ColumnAnalysis(1, new ColumnStatistics(10, 0.25, 1, 12), "1", null, List.of()))));
    }

    @Test
    void thoseOfALaterReleaseAreRefused() throws IOException {
        byte[] later = bytes(3);
        assertThatThrownBy(() -> analyses.decode(later))
                .isInstanceOf(KalamException.class)
                .extracting(e -> ((KalamException) e).code())
                .isEqualTo(ErrorCode.DATA_CORRUPTED);
    }

    /** As they were written before there were histograms. */
    private static byte[] bytes(int format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(format);
        out.writeLong(7);
        out.writeLong(100);
        out.writeLong(1_000_000);
        out.writeInt(1);
        out.writeLong(1);
        out.writeDouble(10);
        out.writeDouble(0.25);
        out.writeDouble(1);
        out.writeDouble(12);
        out.writeBoolean(true);
        out.writeUTF("1");
        out.writeBoolean(false);
        return bytes.toByteArray();
    }
}
