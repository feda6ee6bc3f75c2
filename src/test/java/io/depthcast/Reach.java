package io.depthcast;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the code of a class may come to call, from call to call. Whoever makes an object may come to call all its methods,
 * and those that it inherits: so a callback, or what stands behind an interface, is not missed.
 */
final class Reach {
    private static final String OURS = "io.depthcast.";
    /** Of ours, but what matters is who calls it. */
    private static final String BROKER = KafkaBroker.class.getName();

    private final Set<JavaCodeUnit> seen = new HashSet<>();
    private final Deque<JavaCodeUnit> open = new ArrayDeque<>();
    private final Set<String> foreign = new TreeSet<>();

    private Reach() {}

    /** Methods and constructors of packages that are not ours, such as {@code java.net.Socket.<init>}, and of the broker. */
    static Set<String> of(JavaClass type) {
        Reach reach = new Reach();
        type.getCodeUnits().forEach(reach::visit);
        reach.object(type);
        while (!reach.open.isEmpty()) {
            reach.open.remove().getAccessesFromSelf().forEach(reach::follow);
        }
        return reach.foreign;
    }

    private void follow(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        boolean isOurs = owner.getName().startsWith(OURS);
        if (!isOurs || owner.getName().equals(BROKER)) {
            foreign.add(owner.getName() + "." + access.getName());
        }
        if (!isOurs) {
            return;
        }
        owner.getStaticInitializer().ifPresent(this::visit);
        Optional<? extends JavaMember> member = access.getTarget().resolveMember();
        member.filter(JavaCodeUnit.class::isInstance)
                .map(JavaCodeUnit.class::cast)
                .ifPresent(this::visit);
        if (access.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)) {
            object(owner);
        }
    }

    private void object(JavaClass type) {
        type.getAllMethods().stream()
                .filter(method -> method.getOwner().getName().startsWith(OURS))
                .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
                .forEach(this::visit);
    }

    private void visit(JavaCodeUnit unit) {
        if (seen.add(unit)) {
            open.add(unit);
        }
    }
}
