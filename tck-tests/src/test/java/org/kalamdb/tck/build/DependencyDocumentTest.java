// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** {@code docs/dependencies.md} gives a reason for every dependency that a pom declares, and for no other. */
final class DependencyDocumentTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([^`:]+:[^`:]+)` \\|[^|]*\\| *([^|]+?) *\\|$", Pattern.MULTILINE);

    @Test
    void everyDependencyHasItsReason() throws Exception {
        Set<String> declared = new TreeSet<>();
        for (Path pom : poms()) {
            declared.addAll(dependencies(pom));
        }
        Set<String> documented = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(Modules.ROOT.resolve("docs/dependencies.md")));
        while (row.find()) {
            assertThat(row.group(2)).as("reason of %s", row.group(1)).hasSizeGreaterThan(20);
            assertThat(documented.add(row.group(1)))
                    .as("%s listed once", row.group(1))
                    .isTrue();
        }

        assertThat(documented).isEqualTo(declared);
    }

    private static List<Path> poms() throws IOException {
        try (Stream<Path> folders = Files.list(Modules.ROOT)) {
            return Stream.concat(
                            Stream.of(Modules.ROOT.resolve("pom.xml")),
                            folders.map(folder -> folder.resolve("pom.xml")).filter(Files::isRegularFile))
                    .toList();
        }
    }

    /** What a pom declares itself, {@code group:artifact}, without the project's own modules. */
    private static Set<String> dependencies(Path pom) throws ParserConfigurationException, IOException, SAXException {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        Set<String> found = new TreeSet<>();
        for (Element dependency : elements(document, "dependency")) {
            if (isOfProjectItself(dependency) && !text(dependency, "groupId").equals("org.kalamdb")) {
                found.add(name(dependency));
            }
        }
        // Programs that tests start in a JVM of their own are no part of a class path.
        for (Element copied : elements(document, "artifactItem")) {
            found.add(name(copied));
        }
        return found;
    }

    private static List<Element> elements(Document document, String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static String name(Element artifact) {
        return text(artifact, "groupId") + ":" + text(artifact, "artifactId");
    }

    /** Not managed versions, not what a plugin depends on. */
    private static boolean isOfProjectItself(Element dependency) {
        Node owner = dependency.getParentNode().getParentNode();
        return owner.getNodeName().equals("project");
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent().strip();
    }
}
