// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.storage.cold;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.zip.CRC32C;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** What writer and reader of segments agree on. */
final class SegmentFormat {
    /** Both ends of every Parquet file. */
    static final byte[] MAGIC = "PAR1".getBytes(US_ASCII);
    /** Length of the footer and {@link #MAGIC}. */
    static final int TAIL_BYTES = Integer.BYTES + 4;

    /** Footer entry with offset, length and CRC-32C of the {@link KeyIndex}, as decimal numbers with blanks between. */
    static final String KEY_INDEX = "kalamdb.key-index";

    /** Footer entry with the place of all column indexes, likewise; older segments have none. */
    static final String COLUMN_INDEX = "kalamdb.column-index";

    private SegmentFormat() {}

    /** The value of an entry that says where bytes are. */
    static String place(long position, byte[] bytes) {
        return position + " " + bytes.length + " " + Integer.toUnsignedLong(crc(bytes));
    }

    /** CRC-32C. */
    static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    static MessageType schema(List<SegmentColumn> columns) {
        return new MessageType(
                "segment", columns.stream().map(SegmentColumn::parquetType).toArray(Type[]::new));
    }
}
