package dev.portcullis.cli;

/** How a piece of output looks where colour is on. */
enum Style {
    GOOD("32"),
    BAD("31"),
    CAUTION("33"),
    STRONG("1"),
    FAINT("2");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** The text between this style's escape sequences. */
    String paint(String text) {
        return "\u001B[" + code + "m" + text + "\u001B[0m";
    }
}
