// SPDX-FileCopyrightText: The KalamDB Authors
// SPDX-License-Identifier: Apache-2.0

package org.kalamdb.tck.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Root;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.SortNatural;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kalamdb.hibernate.KalamDialect;

final class HibernateTest {
    /** Held, so that its level stays: Hibernate tells of each factory it makes. */
    private static final Logger LOG = Logger.getLogger("org.hibernate");

    private ClientDatabase database;
    private SessionFactory factory;

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.SEVERE);
    }

    enum Kind {
        PAPER,
        AUDIO
    }

    /** Numbered by a sequence, as ids are unless something else is said. */
    @Entity(name = "Reader")
    public static class Reader {
        @Id
        @GeneratedValue
        private Long id;

        private String name;

        protected Reader() {}

        Reader(String name) {
            this.name = name;
        }
    }

    /** An author of books. */
    @Entity(name = "Author")
    public static class Author {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        private Long id;

        @Column(nullable = false, unique = true, length = 40)
        private String name;

        @OneToMany(mappedBy = "author", cascade = CascadeType.ALL, orphanRemoval = true)
        private List<Book> books = new ArrayList<>();

        @ElementCollection
        @SortNatural
        private SortedSet<String> languages = new TreeSet<>();

        protected Author() {}

        Author(String name) {
            this.name = name;
        }
    }

    /** A book with columns of most types. */
    @Entity(name = "Book")
    @Table(indexes = @Index(columnList = "published, title"))
    public static class Book {
        @Id
        private UUID id = UUID.randomUUID();

        @Version
        private int version;

        private String title;

        @ManyToOne(optional = false)
        private Author author;

        @Column(precision = 8, scale = 2)
        private BigDecimal price;

        private LocalDate published;
        private Instant added = Instant.parse("2026-05-17T10:11:12.123456Z");
        private boolean sold;
        private double weight;
        private byte[] cover;

        @Lob
        private String text;

        @Enumerated(EnumType.STRING)
        private Kind kind = Kind.PAPER;

        protected Book() {}

        Book(Author author, String title, String price) {
            this.author = author;
            this.title = title;
            this.price = new BigDecimal(price);
            this.published = LocalDate.of(1999, 12, 31);
            this.cover = new byte[] {1, 2, 3};
            this.text = "long ".repeat(1000);
            author.books.add(this);
        }
    }

    @BeforeEach
    void createSchema() throws SQLException {
        database = ClientDatabase.with();
        factory = factory("create-drop");
    }

    private SessionFactory factory(String schemaAction) {
        return new Configuration()
                .addAnnotatedClass(Author.class)
                .addAnnotatedClass(Book.class)
                .addAnnotatedClass(Reader.class)
                .setProperty("hibernate.connection.url", database.url())
                .setProperty("hibernate.hbm2ddl.auto", schemaAction)
                .setProperty("hibernate.hbm2ddl.halt_on_error", "true")
                .setProperty("hibernate.jdbc.batch_size", "20")
                .buildSessionFactory();
    }

    @AfterEach
    void close() throws SQLException {
        factory.close();
        database.close();
    }

    private Long insertTwoAuthors() {
        return factory.fromTransaction(session -> {
            Author jane = new Author("Jane");
            jane.languages.addAll(List.of("en", "fr"));
            new Book(jane, "Emma", "7.50");
            new Book(jane, "Persuasion", "9.00");
            session.persist(jane);
            Author leo = new Author("Leo");
            new Book(leo, "Anna", "20.00");
            session.persist(leo);
            return jane.id;
        });
    }

    @Test
    void findsItsDialect() {
        assertThat(factory.getSessionFactoryOptions()
                        .getServiceRegistry()
                        .requireService(JdbcEnvironment.class)
                        .getDialect())
                .isInstanceOf(KalamDialect.class);
    }

    @Test
    void storesAndReadsEntities() {
        Long jane = insertTwoAuthors();
        factory.inSession(session -> {
            Author read = session.find(Author.class, jane);
            assertThat(read.languages).containsExactly("en", "fr");
            assertThat(read.books).extracting(book -> book.title).containsExactlyInAnyOrder("Emma", "Persuasion");
            Book emma = read.books.stream()
                    .filter(book -> book.title.equals("Emma"))
                    .findFirst()
                    .orElseThrow();
            assertThat(emma.price).isEqualByComparingTo("7.50");
            assertThat(emma.published).isEqualTo(LocalDate.of(1999, 12, 31));
            assertThat(emma.added).isEqualTo(Instant.parse("2026-05-17T10:11:12.123456Z"));
            assertThat(emma.cover).containsExactly(1, 2, 3);
            assertThat(emma.text).hasSize(5000);
            assertThat(emma.kind).isEqualTo(Kind.PAPER);
        });
    }

    @Test
    void numbersEntitiesBySequences() {
        for (int i = 0; i < 2; i++) {
            factory.inTransaction(session -> {
                for (int k = 0; k < 60; k++) {
                    session.persist(new Reader("reader " + k));
                }
            });
        }
        assertThat(factory.<List<Long>>fromSession(session -> session.createSelectionQuery(
                                "select r.id from Reader r where r.name <> 'nobody'", Long.class)
                        .getResultList()))
                .hasSize(120)
                .doesNotHaveDuplicates();
    }

    @Test
    void changesAndRemovesEntities() {
        Long jane = insertTwoAuthors();
        factory.inTransaction(session -> {
            Author author = session.find(Author.class, jane);
            author.name = "Jane A.";
            author.books.removeIf(book -> book.title.equals("Emma"));
        });
        factory.inTransaction(session -> session.remove(session.find(Author.class, jane)));
        assertThat(factory.<Long>fromSession(
                        session -> session.createSelectionQuery("select count(*) from Book", Long.class)
                                .getSingleResult()))
                .isEqualTo(1);
    }

    @Test
    void runsQueries() {
        insertTwoAuthors();
        factory.inSession(session -> {
            assertThat(session.createSelectionQuery(
                                    "select a.name, sum(b.price), count(b) from Author a join a.books b"
                                            + " group by a.name having sum(b.price) > :least order by a.name",
                                    Object[].class)
                            .setParameter("least", BigDecimal.ONE)
                            .getResultList())
                    .hasSize(2)
                    .first()
                    .satisfies(row -> assertThat(((Object[]) row)[2]).isEqualTo(2L));
            assertThat(session.createSelectionQuery(
                                    "from Book b join fetch b.author where upper(b.title) like :title order by b.title",
                                    Book.class)
                            .setParameter("title", "%A%")
                            .setFirstResult(1)
                            .setMaxResults(2)
                            .getResultList())
                    .extracting(book -> book.title)
                    .containsExactly("Emma", "Persuasion");
            assertThat(session.createSelectionQuery(
                                    "select b.title, rank() over (order by b.price desc) from Book b"
                                            + " where extract(year from b.published) = 1999 and length(b.title) > 3"
                                            + " order by 2",
                                    Object[].class)
                            .getResultList())
                    .hasSize(3);
            assertThat(session.createSelectionQuery(
                                    "select title from Book where price = (select max(price) from Book)", String.class)
                            .getSingleResult())
                    .isEqualTo("Anna");
        });
    }

    @Test
    void runsCriteriaAndBulkChanges() {
        insertTwoAuthors();
        factory.inTransaction(session -> {
            var builder = session.getCriteriaBuilder();
            CriteriaQuery<Book> query = builder.createQuery(Book.class);
            Root<Book> book = query.from(Book.class);
            query.where(builder.between(book.get("price"), new BigDecimal("8"), new BigDecimal("30")))
                    .orderBy(builder.desc(book.get("price")));
            assertThat(session.createQuery(query).getResultList())
                    .extracting(each -> each.title)
                    .containsExactly("Anna", "Persuasion");
            assertThat(session.createMutationQuery("update versioned Book set sold = true where price < 10")
                            .executeUpdate())
                    .isEqualTo(2);
            assertThat(session.createMutationQuery("delete from Book where sold")
                            .executeUpdate())
                    .isEqualTo(2);
        });
    }

    @Test
    void refusesAnOldVersion() {
        insertTwoAuthors();
        Book stale = factory.fromSession(
                session -> session.createSelectionQuery("from Book where title = 'Anna'", Book.class)
                        .getSingleResult());
        factory.inTransaction(session -> session.find(Book.class, stale.id).sold = true);
        stale.title = "other";
        assertThatThrownBy(() -> factory.inTransaction(session -> session.merge(stale)))
                .isInstanceOf(OptimisticLockException.class);
    }

    @Test
    void namesTheConstraintThatIsViolated() {
        insertTwoAuthors();
        assertThatThrownBy(() -> factory.inTransaction(session -> session.persist(new Author("Jane"))))
                .isInstanceOfSatisfying(ConstraintViolationException.class, e -> {
                    assertThat(e.getKind()).isEqualTo(ConstraintViolationException.ConstraintKind.UNIQUE);
                    assertThat(e.getConstraintName()).startsWith("uk");
                });
    }

    /** Reads the tables back from the metadata. */
    @Test
    void validatesAndUpdatesTheSchema() {
        insertTwoAuthors();
        factory("validate").close();
        try (SessionFactory updated = factory("update")) {
            assertThat(updated.<Long>fromSession(
                            session -> session.createSelectionQuery("select count(*) from Book", Long.class)
                                    .getSingleResult()))
                    .isEqualTo(3);
        }
    }
}
