// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of users and namespaces as folder names that every file system takes and keeps apart. */
public final class FolderNames {
    private static final int MAX_LENGTH = 100;
    private static final int HASH_CHARACTERS = 32;

    private FolderNames() {}

    /**
     * The folder name of a name: lower-case letters, digits, {@code _} and {@code -} as they are, other bytes of its UTF-8
     * as {@code %} and two hexadecimal digits; a long one is cut and ends with its hash.
     */
    public static String encode(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            boolean plain = b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '_' || b == '-';
            if (plain) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().toHexDigits(b));
            }
        }
        if (encoded.length() <= MAX_LENGTH) {
            return encoded.toString();
        }
        return encoded.substring(0, MAX_LENGTH - HASH_CHARACTERS - 1) + "~" + hash(bytes);
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
