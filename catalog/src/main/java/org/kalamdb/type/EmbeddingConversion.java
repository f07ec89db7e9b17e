// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.type;

import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

/** Conversions to and from the {@code float[]} of an EMBEDDING. Elements are finite. */
final class EmbeddingConversion {
    private EmbeddingConversion() {}

    /** A new array, or null if the value is of no class that holds vectors. */
    static float @Nullable [] fromJava(EmbeddingType type, Object value) {
        if (value instanceof float[] floats) {
            return requireFinite(requireDimension(type, floats.clone(), floats.length));
        }
        if (value instanceof double[] doubles) {
            float[] result = new float[checkedLength(type, doubles.length)];
            for (int i = 0; i < result.length; i++) {
                result[i] = element(doubles[i], i);
            }
            return result;
        }
        if (value instanceof Object[] objects) {
            return fromElements(type, Arrays.asList(objects));
        }
        if (value instanceof Collection<?> collection) {
            return fromElements(type, collection);
        }
        if (value instanceof CharSequence text) {
            return parse(type, text.toString());
        }
        return null;
    }

    private static float[] fromElements(EmbeddingType type, Collection<?> elements) {
        float[] result = new float[checkedLength(type, elements.size())];
        int i = 0;
        for (Object element : elements) {
            if (!(element instanceof Number)) {
                throw new KalamException(
                        ErrorCode.INVALID_CAST,
                        "Invalid EMBEDDING: element " + (i + 1) + " must be a number, got: "
                                + (element == null ? "NULL" : element.getClass().getSimpleName()));
            }
            result[i] = element(element, i);
            i++;
        }
        return result;
    }

    private static float element(Object number, int index) {
        float element = NumericConversion.toFloat(number);
        if (!Float.isFinite(element)) {
            throw notFinite(element, index);
        }
        return element;
    }

    /** Reads {@code [1.0, 2.5]}; blanks are allowed around elements. */
    static float[] parse(EmbeddingType type, String text) {
        String literal = text.strip();
        if (literal.length() < 2 || literal.charAt(0) != '[' || literal.charAt(literal.length() - 1) != ']') {
            throw ConversionErrors.invalidLiteral(type.sqlName(), text, "numbers in brackets, as in [0.1, 0.2]");
        }
        String inner = literal.substring(1, literal.length() - 1);
        float[] result = new float[type.dimension()];
        int count = 0;
        if (!inner.isBlank()) {
            int start = 0;
            while (start >= 0) {
                int comma = inner.indexOf(',', start);
                if (count < result.length) {
                    String element = comma < 0 ? inner.substring(start) : inner.substring(start, comma);
                    result[count] = element(element, count);
                }
                count++;
                start = comma < 0 ? -1 : comma + 1;
            }
        }
        return requireDimension(type, result, count);
    }

    static String format(float[] elements) {
        StringBuilder text = new StringBuilder(elements.length * 12).append('[');
        for (int i = 0; i < elements.length; i++) {
            if (i > 0) {
                text.append(',');
            }
            text.append(elements[i]);
        }
        return text.append(']').toString();
    }

    /** The same array. */
    static float[] requireFinite(float[] elements) {
        for (int i = 0; i < elements.length; i++) {
            if (!Float.isFinite(elements[i])) {
                throw notFinite(elements[i], i);
            }
        }
        return elements;
    }

    private static int checkedLength(EmbeddingType type, int length) {
        if (length != type.dimension()) {
            throw new KalamException(
                    ErrorCode.DIMENSION_MISMATCH,
                    "Invalid EMBEDDING: expected " + type.dimension() + " elements, got " + length);
        }
        return length;
    }

    private static float[] requireDimension(EmbeddingType type, float[] elements, int length) {
        checkedLength(type, length);
        return elements;
    }

    private static KalamException notFinite(float element, int index) {
        return new KalamException(
                ErrorCode.DATA_EXCEPTION,
                "Invalid EMBEDDING: elements must be finite, element " + (index + 1) + " is " + element);
    }

    static Float[] toBoxed(float[] elements) {
        Float[] result = new Float[elements.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = elements[i];
        }
        return result;
    }

    static double[] toDoubles(float[] elements) {
        double[] result = new double[elements.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = elements[i];
        }
        return result;
    }
}
