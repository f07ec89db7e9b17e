<DQID> TOKEN :
{
    < INFIX_CAST: "::" >
|   < JSON_TEXT_ARROW: "->>" >
|   < DOUBLE_EQUALS: "==" > { matchedToken.kind = EQ; }
|   < NAME_IN_BACK_QUOTES: "`" ( ~["`", "\n", "\r"] | "``" )+ "`" > { matchedToken.kind = BACK_QUOTED_IDENTIFIER; }
}

/* Types of several words, as one token so that a literal can start with them; the words also work one by one. */
<DQID> TOKEN :
{
    < TYPE_WITH_TIME_ZONE:
        ( "TIMESTAMP" | "TIME" ) <BLANKS> ( "WITH" | "WITHOUT" ) <BLANKS> ( "LOCAL" <BLANKS> )? "TIME" <BLANKS> "ZONE" >
|   < #BLANKS: ( [" ", "\t", "\r", "\n"] )+ >
}

/*
 * Kinds that org.kalamdb.sql.TokenSource gives to tokens in place of the grammar's own; this state is never entered. The
 * grammar takes "->" for the arrow of a lambda, which would swallow JSON access inside of function arguments, and
 * RETURNING and NEXT for possible names.
 */
<NEVER> TOKEN :
{
    < JSON_ARROW: "->" >
|   < RETURNING_CLAUSE: "RETURNING" >
|   < NEXT_VALUE_FOR: "NEXT VALUE FOR" >
|   < AT_TIME_ZONE: "AT TIME ZONE" >
}

/** value::TYPE */
void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(InfixOperators.CAST, getPos()));
    }
    type = DataType() {
        list.add(type);
    }
}

/** document -> path, document ->> path */
void JsonAccess(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlOperator op;
}
{
    (
        <JSON_ARROW> { op = InfixOperators.JSON_GET; }
    |
        <JSON_TEXT_ARROW> { op = InfixOperators.JSON_GET_TEXT; }
    )
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(op, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** value AT TIME ZONE zone */
void AtTimeZone(List<Object> list, ExprContext exprContext, Span s) :
{
}
{
    <AT_TIME_ZONE> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(InfixOperators.AT_TIME_ZONE, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

/** TYPE 'value', for the types whose names are not keywords of the grammar. */
SqlNode TypedLiteral() :
{
    final String name;
    final SqlParserPos namePosition;
}
{
    <IDENTIFIER> {
        name = token.image;
        namePosition = getPos();
    }
    <QUOTED_STRING> {
        return TypedLiterals.cast(name, namePosition, SqlParserUtil.parseString(token.image), getPos());
    }
}

/** Functions that are called without parentheses, or with empty ones, or with a number of digits. */
SqlNode NiladicCall() :
{
    final SqlIdentifier name;
    final List<SqlNode> arguments = new ArrayList<SqlNode>();
    SqlNode digits;
}
{
    (
        <CURRENT_CATALOG> | <CURRENT_DATE> | <CURRENT_ROLE> | <CURRENT_SCHEMA> | <CURRENT_TIME> | <CURRENT_TIMESTAMP>
    |   <CURRENT_USER> | <LOCALTIME> | <LOCALTIMESTAMP> | <SESSION_USER> | <SYSTEM_USER>
    )
    {
        name = new SqlIdentifier(unquotedIdentifier(), getPos());
    }
    [
        LOOKAHEAD(2)
        <LPAREN> [ digits = UnsignedNumericLiteral() { arguments.add(digits); } ] <RPAREN>
    ]
    {
        return createCall(name, span().end(this), SqlFunctionCategory.SYSTEM, null, arguments);
    }
}

/** The next number of a sequence. */
SqlNode NextValue() :
{
    final Span s;
    final SqlIdentifier name;
}
{
    <NEXT_VALUE_FOR> { s = span(); }
    name = CompoundIdentifier() {
        return SqlStdOperatorTable.NEXT_VALUE.createCall(s.end(name), name);
    }
}

/** Every type name, of one word or several. */
JAVACODE SqlTypeNameSpec KalamTypeName()
{
    return TypeNameParser.parse(this);
}

/* Entry points for StatementParser, which cannot name the grammar's expression contexts. */

/** A query with its WITH, ORDER BY and LIMIT. */
SqlNode KalamQuery() :
{
    final SqlNode query;
}
{
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) { return query; }
}

/** An expression, which may hold queries in parentheses. */
SqlNode KalamExpression() :
{
    final SqlNode expression;
}
{
    expression = Expression(ExprContext.ACCEPT_SUB_QUERY) { return expression; }
}

/** (expression or DEFAULT, ..) */
SqlNodeList KalamRow() :
{
    final SqlNodeList row;
}
{
    row = ParenthesizedQueryOrCommaListWithDefault(ExprContext.ACCEPT_SUB_QUERY) { return row; }
}

/** An expression or DEFAULT. */
SqlNode KalamCell() :
{
    final SqlNode value;
}
{
    ( value = Expression(ExprContext.ACCEPT_SUB_QUERY) | value = Default() ) { return value; }
}

/** What may follow RETURNING. */
List<SqlNode> KalamSelectList() :
{
    final List<SqlNode> items = new ArrayList<SqlNode>();
}
{
    AddSelectItem(items) ( <COMMA> AddSelectItem(items) )* { return items; }
}
