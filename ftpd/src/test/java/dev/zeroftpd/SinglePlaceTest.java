package dev.zeroftpd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.channels.FileChannel;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.junit.jupiter.api.Test;

/** Holds what may be called in one place only. */
class SinglePlaceTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.zeroftpd");

    /** {@code transferTo} says 0 for three different things: one class tells them apart, no other calls it. */
    @Test
    void onlyOneClassCallsTransferTo() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.zeroftpd.transfer.SendFile")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "target is transferTo of a FileChannel",
                        call -> call.getTarget().getName().equals("transferTo")
                                && call.getTargetOwner().isAssignableTo(FileChannel.class)))
                .check(OURS);
    }

    /** Some carry what Ftplets ask for; all others come from one place. */
    @Test
    void onlyOneClassMakesReplies() {
        noClasses()
                .that()
                .areNotAssignableTo(DefaultFtpReply.class)
                .and()
                .doNotHaveFullyQualifiedName("dev.zeroftpd.control.reply.Reply")
                .should()
                .callConstructorWhere(DescribedPredicate.describe(
                        "target is a DefaultFtpReply",
                        call -> call.getTargetOwner().isEquivalentTo(DefaultFtpReply.class)))
                .check(OURS);
    }

    /** Each signature costs some 10 ms at its first use, and memory that Java doesn't watch over is one room's affair. */
    @Test
    void onlyTheGroundFloorCallsForeignFunctions() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.zeroftpd.os..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(OURS);
    }
}
