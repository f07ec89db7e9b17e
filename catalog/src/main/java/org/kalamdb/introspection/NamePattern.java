// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.introspection;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of names as in SQL's LIKE: {@code %} stands for any characters, {@code _} for one, and a backslash takes
 * the meaning from the character after it. Case matters. Immutable.
 */
public final class NamePattern {
    /** Matches every name. */
    public static final NamePattern ALL = new NamePattern(new int[] {NamePattern.ANY});

    private static final int ANY = -1;
    private static final int ONE = -2;

    /** Code points, {@link #ANY} and {@link #ONE}. */
    private final int[] parts;

    private NamePattern(int[] parts) {
        this.parts = parts;
    }

    /** The pattern of a LIKE text; null matches every name. */
    public static NamePattern like(@Nullable String pattern) {
        if (pattern == null) {
            return ALL;
        }
        int[] points = pattern.codePoints().toArray();
        int[] parts = new int[points.length];
        int length = 0;
        for (int i = 0; i < points.length; i++) {
            if (points[i] == '\\' && i + 1 < points.length) {
                i++;
                parts[length++] = points[i];
            } else if (points[i] == '%') {
                parts[length++] = ANY;
            } else {
                parts[length++] = points[i] == '_' ? ONE : points[i];
            }
        }
        return new NamePattern(Arrays.copyOf(parts, length));
    }

    /** The pattern that matches {@code name} and nothing else; null matches every name. */
    public static NamePattern exactly(@Nullable String name) {
        return name == null ? ALL : new NamePattern(name.codePoints().toArray());
    }

    /** The one name that it matches, or null if it has wildcards. */
    public @Nullable String exactName() {
        return literalLength() == parts.length ? literalPrefix() : null;
    }

    /** What every name that it matches begins with. */
    public String literalPrefix() {
        return new String(parts, 0, literalLength());
    }

    /** Whether it matches all of {@code name}. */
    public boolean matches(String name) {
        int part = 0;
        int index = 0;
        int lastAny = -1;
        int retry = 0;
        while (index < name.length()) {
            int point = name.codePointAt(index);
            if (part < parts.length && (parts[part] == ONE || parts[part] == point)) {
                part++;
                index += Character.charCount(point);
            } else if (part < parts.length && parts[part] == ANY) {
                lastAny = part++;
                retry = index;
            } else if (lastAny >= 0) {
                // Let the last % take one character more.
                part = lastAny + 1;
                retry += Character.charCount(name.codePointAt(retry));
                index = retry;
            } else {
                return false;
            }
        }
        while (part < parts.length && parts[part] == ANY) {
            part++;
        }
        return part == parts.length;
    }

    private int literalLength() {
        int length = 0;
        while (length < parts.length && parts[length] >= 0) {
            length++;
        }
        return length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamePattern pattern && Arrays.equals(parts, pattern.parts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parts);
    }

    /** The LIKE text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int part : parts) {
            if (part == ANY) {
                text.append('%');
            } else if (part == ONE) {
                text.append('_');
            } else {
                if (part == '%' || part == '_' || part == '\\') {
                    text.append('\\');
                }
                text.appendCodePoint(part);
            }
        }
        return text.toString();
    }
}
