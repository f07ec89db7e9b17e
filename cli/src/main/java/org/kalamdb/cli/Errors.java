// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.cli;

import java.sql.SQLException;

/** How errors are shown. */
final class Errors {
    private Errors() {}

    /** {@code ERROR code: message} with the SQLSTATE as code; one line for each exception of the chain. */
    static String describe(SQLException exception) {
        StringBuilder text = new StringBuilder();
        for (SQLException e = exception; e != null; e = e.getNextException()) {
            if (text.length() > 0) {
                text.append(System.lineSeparator());
            }
            String state = e.getSQLState() == null ? String.valueOf(e.getErrorCode()) : e.getSQLState();
            text.append("ERROR ").append(state).append(": ").append(e.getMessage());
        }
        return text.toString();
    }
}
