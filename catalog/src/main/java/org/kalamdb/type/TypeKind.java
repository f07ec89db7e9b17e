package org.kalamdb.type;

/** The sixteen kinds of {@link KalamDataType}, each with its wire tag and its canonical SQL name. */
public enum TypeKind {
    BOOLEAN(0x01),
    INT(0x02),
    BIGINT(0x03),
    DOUBLE(0x04),
    FLOAT(0x05),
    TEXT(0x06),
    TIMESTAMP(0x07),
    DATE(0x08),
    DATETIME(0x09),
    TIME(0x0A),
    JSON(0x0B),
    BYTES(0x0C),
    EMBEDDING(0x0D),
    UUID(0x0E),
    DECIMAL(0x0F),
    SMALLINT(0x10);

    private final byte tag;

    TypeKind(int tag) {
        this.tag = (byte) tag;
    }

    /** The first byte of the type's wire formats. */
    public byte tag() {
        return tag;
    }
}
