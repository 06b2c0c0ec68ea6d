/* Two yardsticks for tests/benchmarks/seating_bench.py, compiled there with cc -O3 -march=native.

   seat_c: the inner loop of tejido_analytics.seating.kernels, with the same look-ups, for people who move alone.
   three_phase: search by descent, weak perturbation and directed perturbation over a shrinking population, after
   Yang, Cai, Jin, Tang & Gao, A three-phase search approach with dynamic population size for solving the maximally
   diverse grouping problem, European Journal of Operational Research 302 (2022), written anew for groups of one size. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t state = 88172645463325252ULL;
static inline int64_t below(int64_t n) {
  uint64_t x = state;
  x ^= x >> 12; x ^= x << 25; x ^= x >> 27;
  state = x;
  return (int64_t)((((x * 2685821657736338717ULL) >> 32) * (uint64_t)n) >> 32);
}
static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

int64_t seat_c(int rounds, int tables, int size, int32_t *seat, int32_t *table, int32_t *slot, int32_t *price,
               const int32_t *sizes, const int32_t *high, const int32_t *open_rounds, const int32_t *choices,
               const int32_t *choice, const int32_t *start, const int32_t *member, const uint8_t *may_move,
               int32_t repeat, double temperature, int64_t moves, int64_t cost) {
  int n = tables * size;
  for (int64_t m = 0; m < moves; m++) {
    int r = open_rounds[below(rounds)], a = member[start[choice[r * n + below(choices[r])]]];
    if (may_move[r * n + a] != 1) continue;
    int s = table[r * n + a], t = below(tables - 1);
    t += t >= s;
    int k = below(high[t]);
    if (k >= sizes[r * tables + t]) continue;
    int32_t *S = seat + (r * tables + s) * size, *T = seat + (r * tables + t) * size;
    int b = T[k];
    if (may_move[r * n + b] != 1) continue;
    int32_t *A = price + (int64_t)a * n, *B = price + (int64_t)b * n;
    int64_t change = 0;
    for (int i = 0; i < size; i++) change += (int64_t)B[S[i]] - A[S[i]];
    for (int i = 0; i < size; i++) change += (int64_t)A[T[i]] - B[T[i]];
    change += (int64_t)repeat * (2 * size - 2) - 2 * (int64_t)A[b];
    if (change > 0 && (change > 20 * temperature ||
                       change >= -temperature * log((below(1 << 30) + 1.0) / (1 << 30)))) continue;
    for (int i = 0; i < size; i++) {
      int x = S[i], y = T[i];
      if (x != a) { A[x] -= repeat; price[(int64_t)x * n + a] -= repeat; B[x] += repeat; price[(int64_t)x * n + b] += repeat; }
      if (y != b) { B[y] -= repeat; price[(int64_t)y * n + b] -= repeat; A[y] += repeat; price[(int64_t)y * n + a] += repeat; }
    }
    int i = slot[r * n + a];
    S[i] = b; T[k] = a;
    table[r * n + a] = t; table[r * n + b] = s; slot[r * n + a] = k; slot[r * n + b] = i;
    cost += change;
  }
  return cost;
}

typedef struct { int *group; double *gain; double value; } Solution;
static int P, G;
static const double *far_;

static void gains(Solution *s) {
  memset(s->gain, 0, sizeof(double) * P * G);
  s->value = 0;
  for (int a = 0; a < P; a++)
    for (int b = 0; b < P; b++) {
      s->gain[(int64_t)a * G + s->group[b]] += far_[(int64_t)a * P + b];
      if (b > a && s->group[a] == s->group[b]) s->value += far_[(int64_t)a * P + b];
    }
}
static double swap_gain(Solution *s, int a, int b) {
  int g = s->group[a], h = s->group[b];
  double *A = s->gain + (int64_t)a * G, *B = s->gain + (int64_t)b * G;
  return A[h] - A[g] + B[g] - B[h] - 2 * far_[(int64_t)a * P + b];
}
static void swap(Solution *s, int a, int b) {
  int g = s->group[a], h = s->group[b];
  s->value += swap_gain(s, a, b);
  for (int x = 0; x < P; x++) {
    double d = far_[(int64_t)b * P + x] - far_[(int64_t)a * P + x];
    s->gain[(int64_t)x * G + g] += d;
    s->gain[(int64_t)x * G + h] -= d;
  }
  s->group[a] = h; s->group[b] = g;
}
static void descend(Solution *s, double end) {
  int better = 1;
  while (better && seconds() < end) {
    better = 0;
    for (int a = 0; a < P; a++)
      for (int b = a + 1; b < P; b++)
        if (s->group[a] != s->group[b] && swap_gain(s, a, b) > 1e-9) { swap(s, a, b); better = 1; }
  }
}
static void copy(Solution *to, const Solution *from) {
  memcpy(to->group, from->group, sizeof(int) * P);
  memcpy(to->gain, from->gain, sizeof(double) * P * G);
  to->value = from->value;
}
static Solution fresh(void) {
  Solution s = {malloc(sizeof(int) * P), malloc(sizeof(double) * P * G), 0};
  return s;
}
static void shake(Solution *s, int times) {
  for (int i = 0; i < times; i++) {
    int a = below(P), b = below(P);
    if (s->group[a] != s->group[b]) swap(s, a, b);
  }
}
/* Directed: the person who adds least in each group changes with the one of a random other group. */
static void direct(Solution *s, int times) {
  int *least = malloc(sizeof(int) * G);
  for (int i = 0; i < times; i++) {
    for (int g = 0; g < G; g++) least[g] = -1;
    for (int a = 0; a < P; a++) {
      int g = s->group[a];
      if (least[g] < 0 || s->gain[(int64_t)a * G + g] < s->gain[(int64_t)least[g] * G + g]) least[g] = a;
    }
    for (int g = 0; g < G; g++) {
      int h = below(G);
      if (h != g && s->group[least[g]] != s->group[least[h]]) swap(s, least[g], least[h]);
    }
  }
  free(least);
}
double three_phase(int people, int groups, const double *distances, double limit, uint64_t seed) {
  P = people; G = groups; far_ = distances; state = seed * 2 + 88172645463325253ULL;
  double end = seconds() + limit, best = 0;
  int most = 15, population = most;
  Solution *all = malloc(sizeof(Solution) * most), now = fresh();
  for (int i = 0; i < most; i++) {
    all[i] = fresh();
    for (int a = 0; a < P; a++) all[i].group[a] = a % G;
    for (int a = P - 1; a > 0; a--) { int b = below(a + 1), g = all[i].group[a]; all[i].group[a] = all[i].group[b]; all[i].group[b] = g; }
    gains(&all[i]);
    descend(&all[i], end);
    if (all[i].value > best) best = all[i].value;
  }
  double begun = seconds();
  while (seconds() < end) {
    for (int i = 0; i < population && seconds() < end; i++) {
      copy(&now, &all[i]);
      shake(&now, P / 10 + 1);
      descend(&now, end);
      if (now.value > all[i].value) copy(&all[i], &now);
      for (int without = 0; without < 3 && seconds() < end;) {
        copy(&now, &all[i]);
        shake(&now, 2);
        descend(&now, end);
        if (now.value > all[i].value + 1e-9) { copy(&all[i], &now); without = 0; } else without++;
      }
      copy(&now, &all[i]);
      direct(&now, 1);
      descend(&now, end);
      if (now.value > all[i].value) copy(&all[i], &now);
      if (all[i].value > best) best = all[i].value;
    }
    int wanted = most - (int)((most - 2) * (seconds() - begun) / (end - begun + 1e-9));
    while (population > wanted && population > 2) {
      int worst = 0;
      for (int i = 1; i < population; i++) if (all[i].value < all[worst].value) worst = i;
      Solution gone = all[worst];
      all[worst] = all[population - 1];
      all[--population] = gone;
    }
  }
  for (int i = 0; i < most; i++) { free(all[i].group); free(all[i].gain); }
  free(all); free(now.group); free(now.gain);
  return best;
}
