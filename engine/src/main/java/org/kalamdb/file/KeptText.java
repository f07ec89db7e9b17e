// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.file;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Text that can be read again from some place on, until it is forgotten. Confined to one thread. */
final class KeptText extends FilterReader {
    private final StringBuilder kept = new StringBuilder();
    /** Where in the text the kept part begins. */
    private long offset;

    KeptText(Reader in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        if (c >= 0) {
            kept.append((char) c);
        }
        return c;
    }

    @Override
    public int read(char[] target, int from, int length) throws IOException {
        int count = super.read(target, from, length);
        if (count > 0) {
            kept.append(target, from, count);
        }
        return count;
    }

    void forgetBefore(long position) {
        // Not for every object: what follows is moved each time.
        if (position - offset > kept.length() / 2) {
            kept.delete(0, (int) (position - offset));
            offset = position;
        }
    }

    String between(long from, long to) {
        return kept.substring((int) (from - offset), (int) (to - offset));
    }
}
