/*
 * A policy document as JSON text, strictly RFC 8259 (no comments, no trailing commas, no control characters in
 * strings), but with any key, in any order, any number of times: what a policy may hold is judged later, where the
 * message can be a good one.
 *
 * Every decision is LL(1); nothing here may need more, since documents of strangers are parsed.
 */
grammar PolicyJson;

document
    : value EOF                                 # wholeDocument
    ;

value
    : '{' (member (',' member)*)? '}'           # objectValue
    | '[' (value (',' value)*)? ']'             # arrayValue
    | STRING                                    # stringValue
    | NUMBER                                    # numberValue
    | 'true'                                    # trueValue
    | 'false'                                   # falseValue
    | 'null'                                    # nullValue
    ;

member
    : name=STRING ':' value                     # namedMember
    ;

// Named, so that the reader can speak of them.
OPEN_BRACE    : '{' ;
CLOSE_BRACE   : '}' ;
OPEN_BRACKET  : '[' ;
CLOSE_BRACKET : ']' ;
COMMA         : ',' ;
COLON         : ':' ;
TRUE          : 'true' ;
FALSE         : 'false' ;
NULL          : 'null' ;

// Lone surrogates and \u0000 pass here and are refused when escapes are resolved, with their own message.
STRING
    : '"' (~["\\\u0000-\u001F] | '\\' (["\\/bfnrt] | 'u' HEX HEX HEX HEX))* '"'
    ;

NUMBER
    : '-'? ('0' | [1-9] [0-9]*) ('.' [0-9]+)? ([eE] [+-]? [0-9]+)?
    ;

WHITE_SPACE
    : [ \t\r\n]+ -> skip
    ;

// The lexer never fails on its own: what it can't read becomes a token that no rule takes.
UNRECOGNIZED
    : .
    ;

fragment HEX
    : [0-9a-fA-F]
    ;
