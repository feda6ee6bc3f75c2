package io.depthcast;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

/** Classes that know each other in a circle can only be read, tested and changed together. */
@AnalyzeClasses(packages = "io.depthcast", importOptions = ImportOption.DoNotIncludeTests.class)
class ClassCirclesTest {
    private static final Set<String> WITHOUT =
            Set.of("io.depthcast.fanout", "io.depthcast.session", "io.depthcast.http");

    @ArchTest
    static final ArchRule NO_CLASS_CYCLES =
            slices().assignedFrom(files()).should().beFreeOfCycles();

    /** Each file of those packages, with the classes nested in its own. */
    private static SliceAssignment files() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass some) {
                JavaClass outermost = some;
                while (outermost.getEnclosingClass().isPresent()) {
                    outermost = outermost.getEnclosingClass().get();
                }
                return WITHOUT.contains(some.getPackageName())
                        ? SliceIdentifier.of(outermost.getName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "files of " + WITHOUT;
            }
        };
    }
}
