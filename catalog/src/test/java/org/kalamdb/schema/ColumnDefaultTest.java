// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kalamdb.error.ErrorCode;
import org.kalamdb.error.KalamException;

final class ColumnDefaultTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    @Test
    void rendersConstantsAsSql() {
        assertThat(ColumnDefault.NONE.sqlText()).isEmpty();
        assertThat(ColumnDefault.NULL.sqlText()).isEqualTo("NULL");
        assertThat(sql(BooleanNode.TRUE)).isEqualTo("TRUE");
        assertThat(sql(BooleanNode.FALSE)).isEqualTo("FALSE");
        assertThat(sql(IntNode.valueOf(-5))).isEqualTo("-5");
        assertThat(sql(DecimalNode.valueOf(new BigDecimal("1.50")))).isEqualTo("1.50");
        assertThat(sql(TextNode.valueOf("it's"))).isEqualTo("'it''s'");
        assertThat(sql(JSON.arrayNode().add(1).add("it's"))).isEqualTo("'[1,\"it''s\"]'");
        assertThat(sql(JSON.objectNode().put("a", true))).isEqualTo("'{\"a\":true}'");
    }

    @Test
    void rendersFunctionsInUpperCase() {
        assertThat(new ColumnDefault.FunctionCall("now").sqlText()).isEqualTo("NOW()");
        assertThat(new ColumnDefault.FunctionCall("Snowflake", List.of(IntNode.valueOf(1), TextNode.valueOf("x")))
                        .sqlText())
                .isEqualTo("SNOWFLAKE(1, 'x')");
        assertThat(new ColumnDefault.FunctionCall("now")).isEqualTo(new ColumnDefault.FunctionCall("NOW"));
    }

    @Test
    void tellsNullFromNoDefault() {
        assertThat(new ColumnDefault.Literal(NullNode.getInstance())).isEqualTo(ColumnDefault.NULL);
        assertThat(ColumnDefault.NULL).isNotEqualTo(ColumnDefault.NONE);
    }

    @Test
    void comparesNumbersByTheirDigits() {
        assertThat(new ColumnDefault.Literal(LongNode.valueOf(5)))
                .isEqualTo(new ColumnDefault.Literal(IntNode.valueOf(5)));
        assertThat(new ColumnDefault.Literal(DoubleNode.valueOf(1.5)))
                .isEqualTo(new ColumnDefault.Literal(DecimalNode.valueOf(new BigDecimal("1.5"))));
    }

    @Test
    void isNotChangedThroughItsJson() {
        ObjectNode object = JSON.objectNode().put("a", 1);
        ColumnDefault.Literal literal = new ColumnDefault.Literal(object);
        object.put("a", 2);
        ((ObjectNode) literal.value()).put("a", 3);
        assertThat(literal.sqlText()).isEqualTo("'{\"a\":1}'");
    }

    @Test
    void refusesWhatIsNoJsonConstant() {
        assertInvalid(DoubleNode.valueOf(Double.NaN), "must be a finite number");
        assertInvalid(JSON.pojoNode(new Object()), "must be null, a boolean, a number");
        assertInvalid(JSON.missingNode(), "must be null, a boolean, a number");
        assertThatThrownBy(() -> new ColumnDefault.FunctionCall(" ")).isInstanceOf(KalamException.class);
    }

    private static String sql(JsonNode value) {
        return new ColumnDefault.Literal(value).sqlText();
    }

    private static void assertInvalid(JsonNode value, String message) {
        assertThatThrownBy(() -> new ColumnDefault.Literal(value))
                .isInstanceOfSatisfying(
                        KalamException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DEFINITION))
                .hasMessageContaining(message);
    }
}
