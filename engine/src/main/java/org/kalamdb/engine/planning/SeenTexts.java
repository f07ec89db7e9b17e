// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.engine.planning;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Remembers texts of the last time by their hashes, in little memory: it may take an old text for a new one, and seldom a new
 * one for an old one. Safe for use by several threads.
 */
final class SeenTexts {
    private static final int SLOT_COUNT = 1 << 12;

    private final AtomicIntegerArray hashes = new AtomicIntegerArray(SLOT_COUNT);

    /** Whether a text has not been seen, which it has from now on. */
    boolean isNew(String text) {
        if (contains(text)) {
            return false;
        }
        add(text);
        return true;
    }

    void add(String text) {
        hashes.setPlain(slot(text.hashCode()), text.hashCode());
    }

    boolean contains(String text) {
        return hashes.getPlain(slot(text.hashCode())) == text.hashCode();
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 16) & SLOT_COUNT - 1;
    }
}
