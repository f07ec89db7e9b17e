// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Sentences of one chapter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Chapter {
    private final Map<Driver, Connection> keepers = new EnumMap<>(Driver.class);
    private final List<Sentence> sentences = new ArrayList<>();

    /** Says all sentences. */
    abstract void sentences();

    /** What must hold. */
    @FunctionalInterface
    interface Check {
        void on(Fixture fixture) throws Exception;
    }

    /** A sentence of the specification, and the drivers for which it does not hold. */
    static final class Sentence {
        private final String text;
        private final Check check;
        private final Map<Driver, String> deviations = new EnumMap<>(Driver.class);

        private Sentence(String text, Check check) {
            this.text = text;
            this.check = check;
        }

        /** Declares that a peer does otherwise; if it does not, the test fails. @param how what it does */
        Sentence except(Driver peer, String how) {
            assertThat(peer).isNotEqualTo(Driver.KALAMDB);
            assertThat(deviations.put(peer, how)).isNull();
            return this;
        }
    }

    Sentence says(String text, Check check) {
        Sentence sentence = new Sentence(text, check);
        sentences.add(sentence);
        return sentence;
    }

    @BeforeAll
    void connect() throws SQLException {
        for (Driver driver : Driver.values()) {
            keepers.put(driver, driver.connect());
        }
        sentences();
    }

    @AfterAll
    void close() throws SQLException {
        for (Connection keeper : keepers.values()) {
            keeper.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> everyDriver() {
        return sentences.stream()
                .flatMap(sentence -> Stream.of(Driver.values())
                        .map(driver ->
                                DynamicTest.dynamicTest(driver + ": " + sentence.text, () -> run(sentence, driver))));
    }

    private void run(Sentence sentence, Driver driver) throws Exception {
        String deviation = sentence.deviations.get(driver);
        try (Fixture fixture = new Fixture(driver, keepers.get(driver))) {
            if (deviation == null) {
                sentence.check.on(fixture);
                return;
            }
            boolean holds;
            try {
                sentence.check.on(fixture);
                holds = true;
            } catch (Exception | LinkageError | AssertionError e) {
                holds = false;
            }
            assertThat(holds).as("%s is said to deviate: %s", driver, deviation).isFalse();
        }
    }
}
