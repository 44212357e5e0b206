package dev.portcullis.automaton;

/** Takes the arrays that a frozen automaton is made of, each once and under a name of its own. */
public interface ArraySink {

    void longs(String name, long... values);

    void ints(String name, int... values);

    void chars(String name, char... values);

    void bytes(String name, byte... values);
}
