/*
 * A policy document as JSON text (RFC 8259), loosely: any key, in any order, any number of times. What a policy may
 * hold is judged later, where the message can be a good one.
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
