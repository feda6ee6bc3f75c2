package io.depthcast.app;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** Fills records with values by the path of each component. */
final class Records {
    private Records() {}

    /** @throws IllegalStateException if the keys and the components do not fit each other */
    static <R extends Record> R fill(Class<R> type, String prefix, Map<String, Object> values) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = argument(components[i].getType(), prefix + components[i].getName(), values);
        }
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " does not take what its keys allow", e);
        }
    }

    private static Object argument(Class<?> type, String path, Map<String, Object> values) {
        if (type.isRecord()) {
            return fill(type.asSubclass(Record.class), path + ".", values);
        }
        Object value = Objects.requireNonNull(values.get(path), () -> "no key " + path);
        return type == int.class ? (Object) Math.toIntExact((Long) value) : value;
    }
}
