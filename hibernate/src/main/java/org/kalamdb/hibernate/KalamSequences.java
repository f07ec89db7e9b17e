// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.hibernate;

import org.hibernate.dialect.sequence.ANSISequenceSupport;

/** Sequences as the SQL standard writes them; dropping one that is not there is no error. Immutable. */
final class KalamSequences extends ANSISequenceSupport {
    @Override
    public String getDropSequenceString(String sequenceName) {
        return "drop sequence if exists " + sequenceName;
    }
}
