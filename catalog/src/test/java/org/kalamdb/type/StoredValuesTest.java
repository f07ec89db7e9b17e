package org.kalamdb.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StoredValuesTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.kalamdb.type.SampleValues#all")
    void readsBackEveryText(SampleValues.Sample sample) {
        String text = StoredValues.toText(sample.type(), sample.stored());
        assertThat(StoredValues.parse(sample.type(), text)).isEqualTo(sample.stored());
        assertThat(StoredValues.fromJava(sample.type(), text)).isEqualTo(sample.stored());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.kalamdb.type.SampleValues#all")
    void readsBackTheDefaultObject(SampleValues.Sample sample) {
        Object object = StoredValues.toJava(sample.type(), sample.stored(), Object.class);
        // Only java.sql.Time cannot hold microseconds.
        if (sample.type() != KalamDataType.TIME) {
            assertThat(StoredValues.fromJava(sample.type(), object)).isEqualTo(sample.stored());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.kalamdb.type.SampleValues#all")
    void castsToTextAndBack(SampleValues.Sample sample) {
        Object text = StoredValues.cast(sample.type(), sample.stored(), KalamDataType.TEXT);
        assertThat(StoredValues.cast(KalamDataType.TEXT, text, sample.type())).isEqualTo(sample.stored());
    }

    @Test
    void castsBetweenDatesAndTimes() {
        Object timestamp = StoredValues.parse(KalamDataType.TIMESTAMP, "2024-03-10 12:34:56.5");
        assertThat(StoredValues.cast(KalamDataType.TIMESTAMP, timestamp, KalamDataType.DATE))
                .isEqualTo(StoredValues.parse(KalamDataType.DATE, "2024-03-10"));
        assertThat(StoredValues.cast(KalamDataType.TIMESTAMP, timestamp, KalamDataType.TIME))
                .isEqualTo(StoredValues.parse(KalamDataType.TIME, "12:34:56.5"));
        assertThat(StoredValues.cast(KalamDataType.TIMESTAMP, timestamp, KalamDataType.DATETIME))
                .isEqualTo(timestamp);
        assertThat(StoredValues.cast(KalamDataType.DATETIME, timestamp, KalamDataType.TIMESTAMP))
                .isEqualTo(timestamp);
    }

    @Test
    void castsDecimalsToAnotherScale() {
        assertThat(StoredValues.cast(
                        KalamDataType.decimal(10, 3), new BigDecimal("-0.125"), KalamDataType.decimal(5, 2)))
                .isEqualTo(new BigDecimal("-0.13"));
    }
}
