// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.build;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The direction of knowledge between modules and packages, as {@code docs/architecture.md} draws it. */
final class ArchitectureTest {
    private static final String PARSER = "org.kalamdb.sql.parser..";

    /** What makes running queries of plans and statements. */
    private static final String[] PLAN_CONVERSION = {
        "org.kalamdb.exec.columnar",
        "org.kalamdb.exec.direct",
        "org.kalamdb.exec.expression",
        "org.kalamdb.exec.generated",
        "org.kalamdb.exec.lowering",
        "org.kalamdb.exec.scan"
    };

    private static final JavaClasses CATALOG = Modules.classesOf("catalog");
    private static final JavaClasses ENGINE = Modules.classesOf("engine");
    private static final JavaClasses DRIVER = Modules.classesOf("driver");
    private static final JavaClasses CLI = Modules.classesOf("cli");
    private static final JavaClasses ALL = Modules.allClasses();

    /** {@code java.sql} reaches the catalog only as values that applications pass in and get out. */
    private static final DescribedPredicate<JavaClass> JAVA_SQL_VALUES =
            nameMatching("java\\.sql\\.(Date|Time|Timestamp)").forSubtype();

    @Test
    void catalogKnowsNeitherEngineNorFiles() {
        DescribedPredicate<JavaClass> known = resideInAnyPackage(
                "org.kalamdb.error..",
                "org.kalamdb.introspection..",
                "org.kalamdb.schema..",
                "org.kalamdb.store..",
                "org.kalamdb.system..",
                "org.kalamdb.type..",
                "com.fasterxml.jackson..",
                "com.github.benmanes.caffeine..",
                "org.apache.arrow..",
                "org.apache.parquet..",
                "org.jspecify..",
                "org.slf4j..",
                "java.io..",
                "java.lang..",
                "java.math..",
                "java.nio",
                "java.nio.charset..",
                "java.security..",
                "java.text..",
                "java.time..",
                "java.util..");
        check(
                classes()
                        .should()
                        .onlyDependOnClassesThat(known.or(JAVA_SQL_VALUES).or(primitiveOrArray())),
                CATALOG);
    }

    @Test
    void catalogUsesJavaSqlValuesOnlyInItsTypes() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("org.kalamdb.type..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("java.sql.."),
                CATALOG);
    }

    @Test
    void engineIsFreeOfJdbc() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.sql..", "javax.sql..", "org.kalamdb.jdbc..", "org.kalamdb.cli.."),
                ENGINE);
    }

    @Test
    void planDoesNotKnowExecution() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("org.kalamdb.plan..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.kalamdb.exec.."),
                ENGINE);
    }

    /** What runs knows nothing of what makes it, and of two ways to run a plan neither knows the other. */
    @Test
    void packagesOfExecutionFormNoCycles() {
        check(slices().matching("org.kalamdb.exec.(*)..").should().beFreeOfCycles(), ENGINE);
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "org.kalamdb.exec",
                                "org.kalamdb.exec.aggregate",
                                "org.kalamdb.exec.filter",
                                "org.kalamdb.exec.kernel",
                                "org.kalamdb.exec.operator",
                                "org.kalamdb.exec.resource",
                                "org.kalamdb.exec.window")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(PLAN_CONVERSION),
                ENGINE);
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage("org.kalamdb.exec.direct", "org.kalamdb.exec.generated")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.kalamdb.exec.columnar"),
                ENGINE);
    }

    /** {@code engine} and {@code engine.batch} are the surface, which the rest of the engine knows; below it are parts. */
    @Test
    void partsOfTheEngineFormNoCyclesAndServeSessionsOnly() {
        check(slices().matching("org.kalamdb.engine.(*)..").should().beFreeOfCycles(), ENGINE);
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("org.kalamdb.engine..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.kalamdb.engine.command",
                                "org.kalamdb.engine.database",
                                "org.kalamdb.engine.planning",
                                "org.kalamdb.engine.session",
                                "org.kalamdb.engine.setting",
                                "org.kalamdb.engine.transaction"),
                ALL);
    }

    @Test
    void filesDoNotKnowSqlNorTables() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("org.kalamdb.file..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.apache.calcite..",
                                "org.kalamdb.copy..",
                                "org.kalamdb.ddl..",
                                "org.kalamdb.dml..",
                                "org.kalamdb.exec..",
                                "org.kalamdb.plan..",
                                "org.kalamdb.schema..",
                                "org.kalamdb.sql..",
                                "org.kalamdb.storage",
                                "org.kalamdb.storage.row",
                                "org.kalamdb.transaction.."),
                ENGINE);
    }

    @Test
    void storageDoesNotKnowCalcite() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage("org.kalamdb.storage..", "org.kalamdb.transaction..", "org.kalamdb.index..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.apache.calcite.."),
                ENGINE);
    }

    @Test
    void encodingsDoNotKnowWhereRowsAre() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("org.kalamdb.storage.row")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.kalamdb.storage", "org.kalamdb.index..", "org.rocksdb.."),
                ENGINE);
    }

    @Test
    void foldersAndNativeLibraryDoNotKnowTheStore() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage("org.kalamdb.storage.folder", "org.kalamdb.storage.rocks")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.kalamdb.storage", "org.kalamdb.storage.cold", "org.kalamdb.index.."),
                ENGINE);
    }

    @Test
    void onlyStorageKnowsRocksDb() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "org.kalamdb.storage..", "org.kalamdb.transaction..", "org.kalamdb.index..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.rocksdb.."),
                ENGINE);
    }

    @Test
    void driverKnowsTheSessionApiAndJavaSqlOnly() {
        DescribedPredicate<JavaClass> known = resideInAnyPackage(
                "org.kalamdb.jdbc..",
                "org.kalamdb.engine",
                "org.kalamdb.engine.batch",
                "org.kalamdb.error..",
                "org.kalamdb.introspection..",
                "org.kalamdb.schema..",
                "org.kalamdb.type..",
                "org.jspecify..",
                "java..",
                "javax.sql..",
                "javax.naming..",
                "javax.transaction.xa..",
                "javax.xml..",
                "org.w3c.dom..",
                "org.xml.sax..");
        check(classes().should().onlyDependOnClassesThat(known.or(primitiveOrArray())), DRIVER);
    }

    @Test
    void packagesOfTheDriverDoNotKnowWhoUsesThem() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("org.kalamdb.jdbc.*..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.kalamdb.jdbc"),
                DRIVER);
        check(slices().matching("org.kalamdb.jdbc.(*)..").should().beFreeOfCycles(), DRIVER);
    }

    @Test
    void sqlExceptionsAreMadeInOnePlace() {
        check(
                noClasses()
                        .that(DescribedPredicate.not(
                                name("org.kalamdb.jdbc.error.SqlExceptions").forSubtype()))
                        .should()
                        .callConstructorWhere(DescribedPredicate.describe(
                                "the class is a SQLException that others do not extend",
                                call -> owner(assignableTo(SQLException.class)).test(call.getTarget())
                                        && !call.getOriginOwner().isAssignableTo(SQLException.class))),
                DRIVER);
    }

    @Test
    void cliUsesJdbcOnly() {
        check(
                classes()
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(
                                        "org.kalamdb.cli..",
                                        "io.trino.tpch..",
                                        "org.jline..",
                                        "org.jspecify..",
                                        "java..")
                                .or(primitiveOrArray())),
                CLI);
    }

    @Test
    void onlyTheCommandLinePrints() {
        check(
                noClasses()
                        .that(DescribedPredicate.not(resideInAnyPackage("org.kalamdb.cli..", PARSER)))
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err")
                        .orShould()
                        .callMethod(Throwable.class, "printStackTrace"),
                ALL);
    }

    @Test
    void nothingExitsTheJvmButTheCommandLine() {
        check(
                noClasses()
                        .that(DescribedPredicate.not(resideInAPackage("org.kalamdb.cli..")))
                        .should()
                        .callMethod(System.class, "exit", int.class)
                        .orShould()
                        .callMethod(Runtime.class, "halt", int.class),
                ALL);
    }

    /** In some locales {@code "ID".toLowerCase()} is no identifier, and {@code %d} writes other digits. */
    @Test
    void nothingDependsOnTheLocaleOfTheJvm() {
        check(
                noClasses()
                        .that(DescribedPredicate.not(resideInAPackage(PARSER)))
                        .should()
                        .callMethod(String.class, "toLowerCase")
                        .orShould()
                        .callMethod(String.class, "toUpperCase")
                        .orShould()
                        .callMethod(String.class, "format", String.class, Object[].class)
                        .orShould()
                        .callMethod(String.class, "formatted", Object[].class),
                ALL);
    }

    @Test
    void noPackageIsInTwoModules() {
        Map<String, String> moduleOfPackage = new HashMap<>();
        for (String module : Modules.PRODUCT) {
            for (JavaClass type : Modules.classesOf(module)) {
                String other = moduleOfPackage.putIfAbsent(type.getPackageName(), module);
                assertThat(other)
                        .as("module of package %s beside %s", type.getPackageName(), module)
                        .isIn(null, module);
            }
        }
    }

    private static void check(ArchRule rule, JavaClasses classes) {
        rule.allowEmptyShould(true).check(classes);
    }

    private static DescribedPredicate<JavaClass> primitiveOrArray() {
        return DescribedPredicate.describe("primitive or array", type -> type.isPrimitive() || type.isArray());
    }
}
