package dev.portcullis;

import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.Span;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/** A document without what reading its printed text may change: name, source and spans. */
final class Spanless {

    private Spanless() {}

    static PolicyDocument of(PolicyDocument document) {
        PolicyDocument bare = (PolicyDocument) strip(document);
        return new PolicyDocument("", bare.type(), bare.declaredVersion(), bare.id(), bare.statements(), "");
    }

    private static Object strip(Object value) {
        if (value instanceof Span) {
            return Span.NONE;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Spanless::strip).toList();
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(Spanless::strip);
        }
        return value instanceof Record record ? strip(record) : value;
    }

    private static Record strip(Record value) {
        RecordComponent[] components = value.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = strip(components[i].getAccessor().invoke(value));
            }
            Constructor<? extends Record> constructor = value.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
