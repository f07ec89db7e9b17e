// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

/**
 * How many different values there are among many, counted approximately in half a kilobyte (HyperLogLog with 512 registers: the
 * standard error is 4.6 %). Sketches of parts merge to that of the whole, however often a part is merged. Confined to one
 * thread.
 */
public final class DistinctSketch {
    private static final int INDEX_BITS = 9;
    private static final int REGISTERS = 1 << INDEX_BITS;

    /** The constant of HyperLogLog for this number of registers. */
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    /** Up to so many values for each register, empty registers tell more than the others. */
    private static final double SMALL_RANGE = 2.5;

    private final byte[] registers;

    /** The sketch of no values. */
    public DistinctSketch() {
        this(new byte[REGISTERS]);
    }

    private DistinctSketch(byte[] registers) {
        this.registers = registers;
    }

    /**
     * The sketch that {@link #toBytes} wrote.
     *
     * @throws IllegalArgumentException if these are not the bytes of a sketch
     */
    public static DistinctSketch of(byte[] bytes) {
        if (bytes.length != REGISTERS) {
            throw new IllegalArgumentException("sketch must have " + REGISTERS + " bytes, got: " + bytes.length);
        }
        return new DistinctSketch(bytes.clone());
    }

    /** Counts a value. @param hash a number that equal values share; it need not be spread well */
    public void add(long hash) {
        long mixed = mix(hash);
        int index = (int) (mixed >>> Long.SIZE - INDEX_BITS);
        int rank = Long.numberOfLeadingZeros(mixed << INDEX_BITS | 1L << INDEX_BITS - 1) + 1;
        if (rank > registers[index]) {
            registers[index] = (byte) rank;
        }
    }

    /** Counts what the other one has counted. */
    public void merge(DistinctSketch other) {
        for (int i = 0; i < REGISTERS; i++) {
            registers[i] = (byte) Math.max(registers[i], other.registers[i]);
        }
    }

    /** About how many different values were counted. */
    public double estimate() {
        double sum = 0;
        int empty = 0;
        for (byte register : registers) {
            sum += Math.scalb(1.0, -register);
            empty += register == 0 ? 1 : 0;
        }
        double estimate = ALPHA * REGISTERS * REGISTERS / sum;
        return Math.rint(
                estimate <= SMALL_RANGE * REGISTERS && empty > 0
                        ? REGISTERS * Math.log((double) REGISTERS / empty)
                        : estimate);
    }

    /** Bytes that {@link #of} reads. */
    public byte[] toBytes() {
        return registers.clone();
    }

    /** The finalizer of SplitMix64, a bijection in which every bit depends on all others. */
    private static long mix(long hash) {
        long mixed = hash + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
