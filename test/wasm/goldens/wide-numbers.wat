double scale;
long long run(long long n, float f) {
  unsigned long long u = n;
  scale += f;
  return u / 10 + (n >> 3) + (long long)scale;
}

;; free
(func
  (type 0)
  (param i32 i32 i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i32 i64 f32 i64)
  (if
    (i32.and (local.get 0) (i32.const 1))
    (then
      (if
        (i32.gt_s (local.tee 9 (i32.load align=1 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (i32.const 0))
        (then (return (call 4 (local.get 0) (local.get 9) (local.get 1)))))
      (local.set 10 (i64.load offset=24 align=1 (local.get 0)))
      (local.set 11 (f32.load offset=32 align=1 (local.get 0))))
    (else
      (local.set 10 (i64.load offset=24 align=1 (local.get 0)))
      (local.set 11 (f32.load offset=32 align=1 (local.get 0)))))
  (local.set 5 (i32.sub (local.get 0) (i32.const 8)))
  (local.set 12 (i64.const 6510615555426900570))
  (block
    (block
      (block
        (block
          (block
            (if
              (i32.load8_u offset=$flags (i32.const 0))
              (then
                (i64.store offset=24 align=1 (local.get 0) (local.get 10))
                (f32.store offset=32 align=1 (local.get 0) (local.get 11))
                (i32.store align=1 (local.get 0) (i32.const 0))
                (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
                (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741827)))
                (br_if 0 (i32.eqz (call 1 (local.get 0))))
                (local.set 1 (i32.sub (local.get 1) (i32.const 3)))
                (local.set 9 (i32.const 1))
                (br 2)))
            (local.set 12 (local.get 10))
            (f64.store offset=$data align=1
              (i32.const 0)
              (f64.add (f64.load offset=$data align=1 (i32.const 0)) (f64.promote_f32 (local.get 11))))
            (local.set 1 (i32.sub (local.get 1) (i32.const 3)))
            (i64.store offset=16 align=1
              (local.get 0)
              (i64.add
                (i64.add (i64.div_u (local.get 12) (i64.const 10)) (i64.shr_s (local.get 10) (i64.const 3)))
                (i64.trunc_sat_f64_s (f64.load offset=$data align=1 (i32.const 0)))))
            (return (local.get 1) (i32.load offset=16 align=1 (local.get 0)))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 7))
          (local.set 6 (i32.const 3))
          (br 2))
        (local.set 6 (i32.const 1))
        (br 1))
      (local.set 6 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 6))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 1) (i32.const 1073741824))))
  (i64.store offset=24 align=1 (local.get 0) (local.get 10))
  (f32.store offset=32 align=1 (local.get 0) (local.get 11))
  (i64.store align=1 (local.get 5) (local.get 12))
  (i32.store align=1 (local.get 0) (local.get 9))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (i32.const 0)
  (i32.const 0))

;; resumable
(func
  (type 1)
  (param i32 i32 i32)
  (result i32 i32)
  (local i32 i32 i32 i32 i64 f32 i64)
  (local.set 3 (i32.sub (local.get 0) (i32.const 8)))
  (local.set 7 (i64.load offset=24 align=1 (local.get 0)))
  (local.set 8 (f32.load offset=32 align=1 (local.get 0)))
  (if
    (local.get 1)
    (then (local.set 9 (i64.load align=1 (local.get 3))))
    (else
      (block
        (block
          (br_if 0 (i32.lt_s (local.get 3) (i32.load offset=36 align=1 (i32.const 0))))
          (br_if 1 (i32.ge_s (local.get 2) (i32.const 1073741824))))
        (i32.store align=1 (local.get 0) (local.get 1))
        (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
        (i32.store offset=48 align=1 (i32.const 0) (i32.const 2))
        (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
        (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824)))
        (return (i32.const 0) (i32.const 0)))
      (local.set 9 (i64.const 6510615555426900570))))
  (block
    (block
      (block
        (block
          (block
            (loop
              (block
                (block
                  (block
                    (block (br_table 0 1 2 3 0 (local.get 1)))
                    (local.set 2 (i32.sub (local.get 2) (i32.const 3)))
                    (if
                      (i32.and (i32.load8_u offset=$flags (i32.const 0)) (i32.const 1))
                      (then (local.set 1 (i32.const 1)) (br 6))))
                  (local.set 9 (local.get 7))
                  (if
                    (i32.and (i32.load8_u offset=$flags+1 (i32.const 0)) (i32.const 1))
                    (then (local.set 1 (i32.const 2)) (br 5))))
                (f64.store offset=$data align=1
                  (i32.const 0)
                  (f64.add (f64.load offset=$data align=1 (i32.const 0)) (f64.promote_f32 (local.get 8))))
                (if
                  (i32.and (i32.load8_u offset=$flags+2 (i32.const 0)) (i32.const 1))
                  (then (local.set 1 (i32.const 3)) (br 4))))
              (i64.store offset=16 align=1
                (local.get 0)
                (i64.add
                  (i64.add (i64.div_u (local.get 9) (i64.const 10)) (i64.shr_s (local.get 7) (i64.const 3)))
                  (i64.trunc_sat_f64_s (f64.load offset=$data align=1 (i32.const 0)))))
              (return (local.get 2) (i32.load offset=16 align=1 (local.get 0)))
              (unreachable))
            (unreachable))
          (i32.store offset=44 align=1 (i32.const 0) (local.get 5))
          (local.set 4 (i32.const 3))
          (br 2))
        (local.set 4 (i32.const 1))
        (br 1))
      (local.set 4 (i32.const 2)))
    (i32.store offset=48 align=1 (i32.const 0) (local.get 4))
    (i32.store offset=40 align=1 (i32.const 0) (local.get 0))
    (i32.store offset=32 align=1 (i32.const 0) (i32.sub (local.get 2) (i32.const 1073741824))))
  (i64.store offset=24 align=1 (local.get 0) (local.get 7))
  (f32.store offset=32 align=1 (local.get 0) (local.get 8))
  (i64.store align=1 (local.get 3) (local.get 9))
  (i32.store align=1 (local.get 0) (local.get 1))
  (i32.store offset=4 align=1 (local.get 0) (i32.const 0))
  (i32.const 0)
  (i32.const 0))
