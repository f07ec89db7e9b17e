// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTest {
    @Test
    void demoHasDefaults() {
        assertThat(DemoOptions.parse(List.of())).isEqualTo(new DemoOptions(0.1, null, true));
    }

    @Test
    void demoTakesAllOptions() {
        assertThat(DemoOptions.parse(List.of("--scale", "0.01", "--dir", "data", "--no-cold-start")))
                .isEqualTo(new DemoOptions(0.01, Path.of("data"), false));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"0", "-1", "11", "NaN", "big"})
    void demoRejectsAScaleItCannotLoad(String scale) {
        assertThatThrownBy(() -> DemoOptions.parse(List.of("--scale", scale)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Invalid scale")
                .hasMessageEndingWith(scale);
    }

    @Test
    void demoRejectsAnOptionWithoutItsValue() {
        assertThatThrownBy(() -> DemoOptions.parse(List.of("--dir")))
                .isInstanceOf(UsageException.class)
                .hasMessage("Option --dir needs a value");
    }

    @Test
    void shellOpensADatabaseInMemoryByDefault() {
        assertThat(ShellOptions.parse(List.of()))
                .isEqualTo(new ShellOptions("jdbc:kalamdb:mem:shell", null, null, null));
    }

    @Test
    void shellTakesAFolderForItsUrl() {
        assertThat(ShellOptions.parse(List.of("/data/app")).url()).isEqualTo("jdbc:kalamdb:/data/app");
        assertThat(ShellOptions.parse(List.of("jdbc:h2:mem:")).url()).isEqualTo("jdbc:h2:mem:");
    }

    @Test
    void shellTakesAUserAndAStatement() {
        assertThat(ShellOptions.parse(List.of("-u", "alice", "-c", "SELECT 1", "x")))
                .isEqualTo(new ShellOptions("jdbc:kalamdb:x", "alice", "SELECT 1", null));
    }

    @Test
    void shellRejectsTwoSourcesOfStatements() {
        assertThatThrownBy(() -> ShellOptions.parse(List.of("-c", "SELECT 1", "-f", "a.sql")))
                .isInstanceOf(UsageException.class)
                .hasMessage("Options -c and -f cannot be used together");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"--unknown", "-x"})
    void shellRejectsUnknownOptions(String option) {
        assertThatThrownBy(() -> ShellOptions.parse(List.of(option)))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith(option);
    }

    @Test
    void unknownCommandIsWrongUsage() {
        assertThat(Main.run(List.of("dance"))).isEqualTo(Main.WRONG_USAGE);
    }
}
