/*
 * Tokens of the small language inside the strings of a policy. What is special depends on where the string stands, so
 * the reader chooses the mode to start in:
 *
 *   default    wildcards and variables (a Resource, a StringLike value; version 2012-10-17)
 *   TEMPLATE   placeholders only       (every string, before anything else is looked at)
 *
 * In version 2008-10-17, where ${…} is text, and where a string has no ${, wildcards are single units: no lexer is asked.
 * A string where only variables are special (a StringEquals value) is read in the default mode; its wildcards become
 * text afterwards.
 */
lexer grammar PolicyTextLexer;

tokens { TEXT, COLON, ANY_TEXT, ANY_UNIT }

STAR            : '*'                   -> type(ANY_TEXT) ;
QUESTION_MARK   : '?'                   -> type(ANY_UNIT) ;
FIELD_END       : ':'                   -> type(COLON) ;
VARIABLE_START  : '${'                  -> pushMode(VARIABLE) ;
PLAIN           : (~[*?:$]+ | '$')      -> type(TEXT) ;     // "${" is longer than "$", so it wins

// After "${", to its "}". No context key holds a blank, comma, quote, brace, dollar sign or wildcard.
mode VARIABLE;

SYMBOL          : [*?$] ;
NAME            : ~[\u0000- ,'"\\{}$*?]+ ;
SEPARATOR       : ', ' ;
QUOTED          : '\'' ~['{}]* '\'' ;
VARIABLE_END    : '}'                   -> popMode ;

// The lexer never fails on its own: what it can't read becomes a token that no rule takes.
UNRECOGNIZED    : . ;

mode TEMPLATE;

PLACEHOLDER     : '{{' ~[{}]+ '}}' ;
FIXED           : (~'{'+ | '{')         -> type(TEXT) ;     // of "{{{a}}}" the first brace is text
