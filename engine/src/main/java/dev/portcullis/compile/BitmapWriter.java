package dev.portcullis.compile;

import dev.portcullis.automaton.Dispatch;
import dev.portcullis.compile.SetWriter.LongArray;

/** The bitmaps of {@link Dispatch}, equal ones stored once. */
final class BitmapWriter {

    private final LongArray words = new LongArray();
    private final Places places = new Places();

    /** Where a bitmap stands; behind {@link Dispatch#BITMAP_MASK}, and not stored, when there are too many. */
    int write(long[] bitmap) {
        int hash = KeyedHash.of(bitmap);
        int slot = places.first(hash);
        while (places.isTaken(slot)) {
            int known = places.place(slot);
            if (places.is(slot, hash)
                    && words.get(known) == bitmap.length
                    && words.is(known + 1, bitmap, bitmap.length)) {
                return known;
            }
            slot = places.next(slot);
        }
        int offset = words.size();
        if (offset <= Dispatch.BITMAP_MASK) {
            places.put(slot, hash, offset);
            words.add(bitmap.length);
            for (long word : bitmap) {
                words.add(word);
            }
        }
        return offset;
    }

    long[] toArray() {
        return words.toArray();
    }
}
