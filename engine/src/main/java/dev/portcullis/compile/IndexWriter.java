package dev.portcullis.compile;

import dev.portcullis.automaton.Code;
import dev.portcullis.automaton.ResourceIndex;
import dev.portcullis.compile.SetWriter.LongArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Files the statements of a long list by the resources they name. */
final class IndexWriter {

    /** Shorter lists are walked: measured break-even of hashing the resource against testing heads. */
    static final int SHORTEST = 16;

    private final CodeView code;
    private final long seed;

    IndexWriter(CodeView code, long seed) {
        this.code = code;
        this.seed = seed;
    }

    /** One pattern that can be filed. */
    private record Filed(int shape, long key) {}

    /** The index of a list, or null when walking it is as good. */
    ResourceIndex write(long[] list, int count) {
        if (count <= SHORTEST) {
            return null;
        }
        Map<Long, List<Long>> runs = new LinkedHashMap<>();
        TreeSet<Long> shapes = new TreeSet<>();
        LongArray rest = new LongArray();
        LongArray crossing = new LongArray();
        int filedCount = 0;
        for (int i = 0; i < count; i++) {
            long element = list[i];
            List<Filed> filed = new ArrayList<>();
            boolean crosses = file((int) element, filed);
            if (filed.isEmpty()) {
                rest.add(element);
                continue;
            }
            filedCount++;
            if (crosses) {
                crossing.add(element);
            }
            for (Filed pattern : filed) {
                shapes.add((long) (pattern.shape() & ResourceIndex.UNITS_MASK) << 32 | (pattern.shape() & 0xFFFFFFFFL));
                List<Long> run = runs.computeIfAbsent(pattern.key(), unused -> new ArrayList<>(1));
                if (run.isEmpty() || run.get(run.size() - 1) != element) {
                    run.add(element);
                }
            }
        }
        if (filedCount <= SHORTEST / 2) {
            return null;
        }
        return freeze(runs, shapes, rest, crossing);
    }

    private ResourceIndex freeze(
            Map<Long, List<Long>> runs, SortedSet<Long> shapes, LongArray rest, LongArray crossing) {
        int slots = Integer.highestOneBit(Math.max(2, runs.size()) * 4 - 1);
        long[] table = new long[2 * slots];
        LongArray candidates = new LongArray();
        for (Map.Entry<Long, List<Long>> run : runs.entrySet()) {
            int slot = ResourceIndex.slot(run.getKey(), slots - 1);
            while (table[slot << 1] != 0) {
                slot = slot + 1 & slots - 1;
            }
            table[slot << 1] = run.getKey();
            table[(slot << 1) + 1] =
                    (long) candidates.size() << 32 | run.getValue().size();
            for (long element : run.getValue()) {
                candidates.add(element);
            }
        }
        int[] shapeWords = shapes.stream().mapToInt(Long::intValue).toArray();
        return new ResourceIndex(shapeWords, table, candidates.toArray(), rest.toArray(), crossing.toArray(), seed);
    }

    /** Files each pattern of a statement; none at all if one can't be. Whether a star of one may cross colons. */
    private boolean file(int statement, List<Filed> filed) {
        long header = code.word(statement);
        int mode = (int) header >>> Code.RESOURCE_SHIFT & Code.MODE_MASK;
        if (mode != Code.MODE_LIST) {
            return false;
        }
        int conditions = (int) (header >>> 16) & 0xFFFF;
        int patterns = (int) (header >>> 32);
        int at = statement + Code.STATEMENT_HEADER + conditions;
        boolean crosses = false;
        for (int i = 0; i < patterns; i++, at += Code.PATTERN_WORDS) {
            Filed one = file(code.word(at), code.word(at + 1));
            if (one == null) {
                filed.clear();
                return false;
            }
            filed.add(one);
            crosses |= (code.word(at + 1) & Code.PATTERN_CROSSING) != 0;
        }
        return crosses;
    }

    private Filed file(long head, long tail) {
        int kind = (int) (tail >>> 60);
        int mask = (int) (tail >>> 56) & 15;
        int offset = (int) tail;
        int length = (int) (tail >>> 32) & 0x7FFFFF;
        boolean exact = kind == Code.PATTERN_EXACT;
        if (kind == Code.PATTERN_REST) {
            int text = -1;
            if (code.programWord(offset) == Code.TEXT) {
                text = code.programWord(offset + 1);
                length = code.programWord(offset + 2);
                offset += 3;
            } else {
                length = 0;
            }
            exact = code.programWord(offset) == Code.END;
            boolean prefix = code.programWord(offset) == Code.ANY && code.programWord(offset + 1) == Code.END;
            if (!exact && !prefix) {
                return null;
            }
            offset = text;
        } else if (!exact && kind != Code.PATTERN_PREFIX) {
            return null;
        }
        int shape = ResourceIndex.shape(mask, exact, length);
        long hash = 0;
        for (int i = 0; i < length; i++) {
            hash = ResourceIndex.step(hash, code.unit(offset + i), seed);
        }
        return new Filed(shape, ResourceIndex.key(shape, head & ResourceIndex.mask(shape), hash, seed));
    }
}
