/*
 * The small language inside the strings of a policy: wildcards, policy variables, the fields of an ARN. Every decision
 * is LL(1). Placeholders have no rule: any sequence of the tokens of mode TEMPLATE is a template.
 */
parser grammar PolicyTextParser;

options { tokenVocab = PolicyTextLexer; }

pattern
    : rest EOF                                                          # wholePattern
    ;

// A shortened ARN (rule L48) has fewer fields; of a full one the sixth is all the rest (rule L39).
arn
    : field
      (COLON field
      (COLON field
      (COLON field
      (COLON field
      (COLON rest)?)?)?)?)? EOF                                         # wholeArn
    ;

field
    : part*                                                             # arnField
    ;

rest
    : (part | COLON)*                                                   # arnRest
    ;

part
    : TEXT                                                              # literalText
    | ANY_TEXT                                                          # anyText
    | ANY_UNIT                                                          # anyUnit
    | VARIABLE_START variable VARIABLE_END                              # variablePart
    ;

variable
    : SYMBOL                                                            # literalSymbol
    | NAME (SEPARATOR QUOTED)?                                          # contextKey
    ;
