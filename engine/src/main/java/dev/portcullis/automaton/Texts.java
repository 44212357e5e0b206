package dev.portcullis.automaton;

/**
 * Numbered texts that are only ever copied out. Immutable.
 *
 * <pre>
 *   starts   [ 0 | 3 | 7 | ... ]    text i is chars[starts[i] .. starts[i + 1])
 *   chars    [ r e d b l u e ]
 * </pre>
 */
public final class Texts {

    private final int[] starts;
    private final char[] chars;

    public Texts(String[] texts) {
        starts = new int[texts.length + 1];
        for (int i = 0; i < texts.length; i++) {
            starts[i + 1] = Math.addExact(starts[i], texts[i].length());
        }
        chars = new char[starts[texts.length]];
        for (int i = 0; i < texts.length; i++) {
            texts[i].getChars(0, texts[i].length(), chars, starts[i]);
        }
    }

    private Texts(int[] starts, char[] chars) {
        this.starts = starts;
        this.chars = chars;
    }

    int size() {
        return starts.length - 1;
    }

    /** Text {@code number}; allocates, for listings. */
    String text(int number) {
        return new String(chars, starts[number], starts[number + 1] - starts[number]);
    }

    void write(String name, ArraySink out) {
        out.ints(name + ".starts", starts);
        out.chars(name + ".chars", chars);
    }

    static Texts read(String name, ArraySource in) {
        int[] starts = in.ints(name + ".starts");
        char[] chars = in.chars(name + ".chars");
        in.require(starts.length > 0, name + ".starts", "is empty");
        in.requireStarts(name + ".starts", starts, starts.length - 1, chars.length);
        return new Texts(starts, chars);
    }

    /** Appends text {@code number} to the frame; its start. It reaches to the frame's end. */
    int put(int number, Frame frame) {
        int from = starts[number];
        int length = starts[number + 1] - from;
        int start = frame.reserve(length);
        System.arraycopy(chars, from, frame.text, start, length);
        return start;
    }
}
