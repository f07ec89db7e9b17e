// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.jdbc.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class DriverVersionTest {
    @Test
    void takesApartWhatTheBuildWrites() {
        assertThat(DriverVersion.parse("12.34.5-SNAPSHOT")).isEqualTo(new DriverVersion("12.34.5-SNAPSHOT", 12, 34));
        assertThatThrownBy(() -> DriverVersion.parse("12"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid version: must begin with <major>.<minor>, got: 12");
    }
}
