// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.store;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map from bytes to bytes that shares what a change leaves alone. It is a treap whose priorities are hashes of
 * the keys, so that its shape, and with it the depth of some 2 log n, follows from its keys alone. Immutable.
 */
final class ImmutableTree {
    static final ImmutableTree EMPTY = new ImmutableTree(null);

    private final @Nullable Node root;

    private ImmutableTree(@Nullable Node root) {
        this.root = root;
    }

    byte @Nullable [] get(byte[] key) {
        Node node = root;
        while (node != null) {
            int order = Arrays.compareUnsigned(key, node.key);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    ImmutableTree with(byte[] key, byte[] value) {
        return new ImmutableTree(insert(root, key, value));
    }

    ImmutableTree without(byte[] key) {
        return new ImmutableTree(remove(root, key));
    }

    /** The entries whose keys begin with {@code prefix}, in key order. */
    Iterator<KeyValue> scan(byte[] prefix) {
        return new Scan(root, prefix);
    }

    private static Node insert(@Nullable Node node, byte[] key, byte[] value) {
        if (node == null) {
            return new Node(key, value, priority(key), null, null);
        }
        int order = Arrays.compareUnsigned(key, node.key);
        if (order == 0) {
            return new Node(node.key, value, node.priority, node.left, node.right);
        }
        if (order < 0) {
            Node left = insert(node.left, key, value);
            return left.priority > node.priority ? left.withRight(node.withLeft(left.right)) : node.withLeft(left);
        }
        Node right = insert(node.right, key, value);
        return right.priority > node.priority ? right.withLeft(node.withRight(right.left)) : node.withRight(right);
    }

    private static @Nullable Node remove(@Nullable Node node, byte[] key) {
        if (node == null) {
            return null;
        }
        int order = Arrays.compareUnsigned(key, node.key);
        if (order == 0) {
            return merge(node.left, node.right);
        }
        return order < 0 ? node.withLeft(remove(node.left, key)) : node.withRight(remove(node.right, key));
    }

    /** One tree of two, where every key of {@code left} is below every key of {@code right}. */
    private static @Nullable Node merge(@Nullable Node left, @Nullable Node right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        return left.priority > right.priority
                ? left.withRight(merge(left.right, right))
                : right.withLeft(merge(left, right.left));
    }

    private static int priority(byte[] key) {
        int hash = Arrays.hashCode(key) * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }

    private static final class Node {
        private final byte[] key;
        private final byte[] value;
        private final int priority;
        private final @Nullable Node left;
        private final @Nullable Node right;

        private Node(byte[] key, byte[] value, int priority, @Nullable Node left, @Nullable Node right) {
            this.key = key;
            this.value = value;
            this.priority = priority;
            this.left = left;
            this.right = right;
        }

        private Node withLeft(@Nullable Node changed) {
            return changed == left ? this : new Node(key, value, priority, changed, right);
        }

        private Node withRight(@Nullable Node changed) {
            return changed == right ? this : new Node(key, value, priority, left, changed);
        }
    }

    /** The way down to the next entry is on the stack: every node whose left side is done and itself not. */
    private static final class Scan implements Iterator<KeyValue> {
        private final Deque<Node> path = new ArrayDeque<>();
        private final byte[] prefix;

        private Scan(@Nullable Node root, byte[] prefix) {
            this.prefix = prefix;
            Node node = root;
            while (node != null) {
                if (Arrays.compareUnsigned(node.key, prefix) >= 0) {
                    path.push(node);
                    node = node.left;
                } else {
                    node = node.right;
                }
            }
        }

        @Override
        public boolean hasNext() {
            Node next = path.peek();
            return next != null && startsWithPrefix(next.key);
        }

        @Override
        public KeyValue next() {
            if (!hasNext()) {
                throw new NoSuchElementException("The scan is at its end");
            }
            Node node = path.pop();
            for (Node below = node.right; below != null; below = below.left) {
                path.push(below);
            }
            return new KeyValue(node.key, node.value);
        }

        private boolean startsWithPrefix(byte[] key) {
            return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
        }
    }
}
