package dev.portcullis;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Frame;
import dev.portcullis.policy.Limits;
import java.util.List;
import org.agrona.DirectBuffer;

/** Fills in the context keys of a request. One thread. */
final class ContextFields {

    private static final int NO_LIST = -1;
    private static final String KEY = "context: a key";
    private static final String VALUE = "context: a value";

    private final Automaton automaton;
    private final Frame frame;

    private int keys;
    /** The slot of the list that values may be added to. */
    private int list = NO_LIST;

    ContextFields(Automaton automaton, Frame frame) {
        this.automaton = automaton;
        this.frame = frame;
    }

    void clear() {
        keys = 0;
        list = NO_LIST;
    }

    void closeList() {
        list = NO_LIST;
    }

    /** The request gives so many of the keys that requests begin with, and nothing else yet. */
    void begun(int count) {
        keys = count;
        frame.begun(count);
    }

    void single(String key, String value) {
        int place = keys;
        if (frame.singleAgain(key, place, value)) {
            keys = place + 1;
            list = NO_LIST;
        } else {
            single(slot(key), key, value);
        }
    }

    void single(ContextKeyHandle key, String value) {
        int before = keys;
        if (key.automaton == automaton && before < Limits.CONTEXT_KEYS && isSingleAgain(key, before, value)) {
            keys = before + 1;
            list = NO_LIST;
        } else {
            single(slot(key), key, value);
        }
    }

    private boolean isSingleAgain(ContextKeyHandle key, int place, String value) {
        return key.slot < 0
                ? frame.singleAgain(key.toString(), place, value)
                : frame.singleNext(key.toString(), key.slot, place, value) || frame.singleFew(key.slot, value);
    }

    void single(String key, DirectBuffer buffer, int offset, int length) {
        single(slot(key), buffer, offset, length);
    }

    void single(ContextKeyHandle key, DirectBuffer buffer, int offset, int length) {
        single(slot(key), buffer, offset, length);
    }

    void single(DirectBuffer buffer, int keyOffset, int keyLength, int valueOffset, int valueLength) {
        single(slot(buffer, keyOffset, keyLength), buffer, valueOffset, valueLength);
    }

    private void single(int slot, Object key, String value) {
        countValue();
        checkValue(key, value);
        frame.single(slot, value);
    }

    private void single(int slot, DirectBuffer buffer, int offset, int length) {
        countValue();
        int start = RequestFields.units(VALUE, buffer, offset, length, Limits.CONTEXT_VALUE_UNITS, frame);
        frame.single(slot, start, frame.end());
    }

    /** Begins a list; its slot. */
    int list(String key) {
        int place = keys;
        int slot = frame.listAgain(key, place);
        if (slot < 0) {
            return listSlowly(key);
        }
        keys = place + 1;
        list = slot;
        return slot;
    }

    private int listSlowly(String key) {
        frame.reopen();
        RequestFields.checkKey(key.length());
        countKey();
        int slot = unused(frame.slot(key, keys - 1), key);
        frame.list(slot);
        list = slot;
        return slot;
    }

    /** Begins a list; its slot. */
    int list(ContextKeyHandle key) {
        return list(slot(key));
    }

    void list(DirectBuffer buffer, int offset, int length) {
        list(slot(buffer, offset, length));
    }

    private int list(int slot) {
        frame.list(slot);
        list = slot;
        return slot;
    }

    void listValue(String value) {
        listValue(openList(), value);
    }

    /** Adds to the list that has been begun last. */
    void listValue(int slot, String value) {
        if (!frame.addListValueFew(slot, value)) {
            countValue();
            checkValue("a list", value);
            frame.addListValue(slot, value);
        }
    }

    /** Adds to the list that has been begun last. */
    void listValues(int slot, List<String> several) {
        int size = several.size();
        int first = frame.roomForFew(size);
        if (first >= 0 && isWritten(several, size, first)) {
            frame.addedFew(slot, size);
            return;
        }
        for (int i = 0; i < size; i++) {
            listValue(slot, several.get(i));
        }
    }

    /** Writes values where nobody reads them yet; false if one is too long. */
    private boolean isWritten(List<String> several, int size, int first) {
        String[] values = frame.firstValues();
        for (int i = 0; i < size; i++) {
            String value = several.get(i);
            if (value.length() > Limits.CONTEXT_VALUE_UNITS) {
                return false;
            }
            values[first + i] = value;
        }
        return true;
    }

    void listValue(DirectBuffer buffer, int offset, int length) {
        int slot = openList();
        countValue();
        int start = RequestFields.units(VALUE, buffer, offset, length, Limits.CONTEXT_VALUE_UNITS, frame);
        frame.addListValue(slot, start, frame.end());
    }

    private int openList() {
        frame.reopen();
        if (list < 0) {
            throw new IllegalStateException("listValue: no list is open; call contextList just before");
        }
        return list;
    }

    private int slot(String key) {
        frame.reopen();
        RequestFields.checkKey(key.length());
        countKey();
        return unused(frame.slot(key, keys - 1), key);
    }

    private int slot(ContextKeyHandle key) {
        frame.reopen();
        if (key.automaton != automaton) {
            throw RequestFields.ofOtherEngine("context");
        }
        countKey();
        return unused(key.slot >= 0 ? key.slot : frame.slot(key.toString(), keys - 1), key);
    }

    private int slot(DirectBuffer buffer, int offset, int length) {
        frame.reopen();
        int known = frame.slotAgain(keys, buffer, offset, length);
        if (known >= 0 && !frame.isGiven(known)) {
            countKey();
            return known;
        }
        int start = RequestFields.units(KEY, buffer, offset, length, Limits.CONTEXT_VALUE_UNITS, frame);
        int end = frame.end();
        RequestFields.checkKey(end - start);
        countKey();
        int slot = frame.slot(start);
        if (frame.isGiven(slot)) {
            return unused(slot, frame.text(start, end));
        }
        frame.keepSlot(keys - 1, buffer, offset, length, slot);
        return slot;
    }

    private int unused(int slot, Object key) {
        if (frame.isGiven(slot)) {
            throw new IllegalArgumentException("context: `" + key + "` is given twice (U12)");
        }
        return slot;
    }

    private void countKey() {
        list = NO_LIST;
        if (keys == Limits.CONTEXT_KEYS) {
            throw new IllegalArgumentException("context: more than " + Limits.CONTEXT_KEYS + " keys");
        }
        keys++;
    }

    private void countValue() {
        if (frame.valueCount() == Limits.CONTEXT_VALUES) {
            throw new IllegalArgumentException("context: more than " + Limits.CONTEXT_VALUES + " values");
        }
    }

    private static void checkValue(Object key, String value) {
        if (value.length() > Limits.CONTEXT_VALUE_UNITS) {
            throw new IllegalArgumentException(
                    "context: a value of `" + key + "` is longer than " + Limits.CONTEXT_VALUE_UNITS + " units");
        }
    }
}
